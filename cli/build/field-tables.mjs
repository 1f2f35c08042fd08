#!/usr/bin/env node
/**
 * Compiles field facts (name and type of each field of ECS, Beats, Endgame and the integration packages) into the compact
 * tables under schemas/fields/. Facts only: no descriptions, no examples.
 *
 *   node cli/build/field-tables.mjs FACTS_DIR
 *
 * FACTS_DIR holds `_ecs*.json`, `_endgame.json`, `_endpoint_custom.json`, `_non_ecs.json`, `beats/*.json`, `<package>.json`,
 * each `{origin, licence, version, fields | schemas | data_streams + multi_fields + object_types}`. ECS releases that are on
 * npm are read from the dev dependencies as well and must agree.
 */
import { readFileSync, writeFileSync, readdirSync, mkdirSync, rmSync, existsSync } from 'node:fs';
import { join, resolve, basename } from 'node:path';
import { createRequire } from 'node:module';

const facts = process.argv[2];
if (facts === undefined || !existsSync(facts)) {
  console.error('usage: node cli/build/field-tables.mjs FACTS_DIR');
  process.exit(2);
}
const require = createRequire(import.meta.url);
const out = resolve(import.meta.dirname, '../../schemas/fields');
const read = (name) => JSON.parse(readFileSync(join(facts, name), 'utf8'));
const write = (name, value) => writeFileSync(join(out, name), `${JSON.stringify(value, null, 1)}\n`);

/** `{name: type}` → `{type: "name name …"}`, sorted: long strings load faster than many keys. */
function byType(fields) {
  const groups = new Map();
  for (const name of Object.keys(fields).sort()) {
    const type = fields[name];
    groups.set(type, groups.has(type) ? `${groups.get(type)} ${name}` : name);
  }
  return Object.fromEntries([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'packages'), { recursive: true });
mkdirSync(join(out, 'beats'), { recursive: true });

// ECS: every version in one table; a field carries a bit mask of the versions that have it.
const ecs = new Map();
for (const name of ['_ecs-8.17.0.json', '_ecs-9.3.0.json', '_ecs-9.4.0.json', '_ecs.json']) {
  const table = read(name);
  ecs.set(table.version, { fields: table.fields, origin: table.origin });
}
for (const alias of ['ecs-8.11', 'ecs-9.0', 'ecs-9.3', '@elastic/ecs']) {
  const { EcsFlat, EcsVersion } = require(alias);
  const fields = {};
  for (const [name, field] of Object.entries(EcsFlat)) {
    fields[name] = field.type;
    for (const multi of field.multi_fields ?? []) fields[multi.flat_name] = multi.type;
  }
  const known = ecs.get(EcsVersion)?.fields;
  if (known === undefined) ecs.set(EcsVersion, { fields, origin: `@elastic/ecs ${EcsVersion}` });
  else
    for (const name of new Set([...Object.keys(known), ...Object.keys(fields)]))
      if (known[name] !== fields[name] && known[name] !== undefined)
        console.error(`ECS ${EcsVersion}: ${name} is ${known[name]} in one source and ${fields[name]} in the other`);
}
const number = (version) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
const versions = [...ecs.keys()].sort((a, b) => number(a) - number(b));
const masks = new Map();
versions.forEach((version, bit) => {
  for (const [name, type] of Object.entries(ecs.get(version).fields)) {
    const key = `${name} ${type}`;
    masks.set(key, (masks.get(key) ?? 0) | (1 << bit));
  }
});
const ecsByMask = {};
for (const [key, mask] of [...masks].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const [name, type] = key.split(' ');
  (ecsByMask[mask] ??= {})[name] = type;
}
const everywhere = (1 << versions.length) - 1;
write('ecs.json', {
  source: 'ecs',
  licence: 'Apache-2.0',
  origin: versions.map((version) => ecs.get(version).origin),
  versions,
  fields: Object.fromEntries(Object.entries(ecsByMask).map(([mask, fields]) => [mask, byType(fields)])),
});

/** Fields that every ECS version has with the same type need no second entry: ECS is always looked at first. */
const withoutEcs = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([name, type]) => masks.get(`${name} ${type}`) !== everywhere));
const stream = (fields) => byType(withoutEcs(fields));

/** Takes out of all streams what every one of them has with the same type. */
function takeCommon(streams) {
  const all = Object.values(streams);
  const common = {};
  if (all.length < 2) return common;
  for (const [name, type] of Object.entries(all[0])) if (all.every((one) => one[name] === type)) common[name] = type;
  for (const one of all) for (const name of Object.keys(common)) delete one[name];
  return common;
}

// Integration packages
const index = {};
/** First two segments of names → packages that have such fields: the way into the packages for a pattern over all of them. */
const prefixes = new Map();
const prefixOf = (name) => name.split('.', 2).join('.');
for (const file of readdirSync(facts).sort()) {
  if (!file.endsWith('.json') || file.startsWith('_')) continue;
  const table = read(file);
  const names = Object.keys(table.data_streams);
  const streams = {};
  const members = {};
  for (const name of names) {
    streams[name] = withoutEcs({ ...table.data_streams[name], ...table.multi_fields?.[name] });
    const objects = table.object_types?.[name];
    if (objects !== undefined && Object.keys(objects).length > 0) members[name] = objects;
  }
  if (table.package === 'endpoint') {
    streams.process = { ...withoutEcs(read('_endpoint_custom.json').fields), ...streams.process };
  }
  for (const name of new Set(Object.values(streams).flatMap((one) => Object.keys(one).map(prefixOf))))
    prefixes.set(name, [...(prefixes.get(name) ?? []), table.package]);
  const common = takeCommon(streams);
  const total =
    Object.keys(common).length + Object.values(streams).reduce((sum, one) => sum + Object.keys(one).length, 0);
  if (total === 0) continue;
  write(`packages/${table.package}.json`, {
    source: table.package,
    version: table.version,
    licence: table.licence,
    origin: table.origin,
    ...(Object.keys(common).length > 0 ? { common: byType(common) } : {}),
    streams: Object.fromEntries(Object.entries(streams).map(([name, fields]) => [name, byType(fields)])),
    ...(Object.keys(members).length > 0 ? { members } : {}),
  });
  index[table.package] = { version: table.version, streams: names };
}

// Beats: a beat's own fields, its modules and what libbeat gives to all.
const libbeat = Object.assign({}, ...Object.values(read('beats/libbeat.json').schemas));
const beats = {};
for (const file of readdirSync(join(facts, 'beats')).sort()) {
  const table = read(join('beats', file));
  if (table.beat === 'libbeat') continue;
  const fields = withoutEcs(Object.assign({}, libbeat, ...Object.values(table.schemas)));
  write(`beats/${basename(file)}`, {
    source: table.beat,
    version: table.version,
    licence: table.licence ?? '',
    origin: table.origin ?? '',
    streams: { [table.beat]: byType(fields) },
  });
  beats[table.beat] = { version: table.version };
}

const endgame = read('_endgame.json');
write('endgame.json', {
  source: 'endgame',
  version: endgame.version,
  licence: endgame.licence,
  origin: endgame.origin,
  streams: { endgame: stream(endgame.fields) },
});

const extra = read('_non_ecs.json');
write('extra.json', {
  source: 'extra',
  version: '',
  licence: extra.licence ?? '',
  origin: extra.origin ?? '',
  streams: Object.fromEntries(Object.entries(extra.indexes).map(([pattern, fields]) => [pattern, stream(fields)])),
});

write('index.json', { packages: index, beats });
write('prefixes.json', {
  packages: Object.fromEntries(
    [...prefixes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, all]) => [name, all.join(' ')]),
  ),
});
