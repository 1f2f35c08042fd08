#!/usr/bin/env node
/**
 * Compiles field facts (name and type of each field of ECS, Beats, Endgame and the integration packages) into the compact
 * tables under schemas/fields/. Facts only: no descriptions, no examples.
 *
 *   node cli/build/field-tables.mjs FACTS_DIR
 *
 * FACTS_DIR holds `_ecs*.json`, `_endgame.json`, `_endpoint_custom.json`, `_non_ecs.json`, `beats/*.json`, `<package>.json`,
 * each `{origin, licence, version, fields | schemas | data_streams + multi_fields + object_types}`. ECS releases that are on
 * npm are read from the dev dependencies as well and must agree. What those facts do not say of a template (types of the
 * members of objects, `ignore_above`, what is not indexed, `dynamic: false`) is in field-facts.json beside this file.
 */
import { readFileSync, writeFileSync, readdirSync, mkdirSync, rmSync, existsSync } from 'node:fs';
import { join, resolve, basename } from 'node:path';
import { ecsTable } from './field-tables-ecs.mjs';
import { asMapped, byType, namesOf, takeCommon, ungrouped } from './field-tables-names.mjs';
import { declaredEcs, openOf } from './field-tables-open.mjs';

const facts = process.argv[2];
if (facts === undefined || !existsSync(facts)) {
  console.error('usage: node cli/build/field-tables.mjs FACTS_DIR');
  process.exit(2);
}
const out = resolve(import.meta.dirname, '../../schemas/fields');
const read = (name) => JSON.parse(readFileSync(join(facts, name), 'utf8'));
const write = (name, value) => writeFileSync(join(out, name), `${JSON.stringify(value, null, 1)}\n`);
const more = JSON.parse(readFileSync(join(import.meta.dirname, 'field-facts.json'), 'utf8'));
/** The members that have something to say. */
const filled = (members) =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) =>
      typeof value === 'object' ? Object.keys(value).length > 0 : value !== undefined && value !== '',
    ),
  );

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'packages'), { recursive: true });
mkdirSync(join(out, 'beats'), { recursive: true });

const ecs = ecsTable(facts);
const templates = more.templates['ecs@mappings'];
write('ecs.json', ecs.table);
write('templates.json', more.templates);

/** Fields that every ECS version has with the same type need no second entry: ECS is always looked at first. */
const withoutEcs = (fields) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name, type]) => !name.includes('*') && !ecs.everywhere(name, type))
      .map(([name, type]) => [name, asMapped(type)]),
  );

// Integration packages
const index = {};
/** First two segments of names → packages that have such fields: the way into the packages for a pattern over all of them. */
const prefixes = new Map();
const prefixOf = (name) => name.split('.', 2).join('.');
for (const file of readdirSync(facts).sort()) {
  if (!file.endsWith('.json') || file.startsWith('_')) continue;
  const table = read(file);
  const own = more.packages[table.package] ?? {};
  const names = Object.keys(table.data_streams);
  const fixed = own.fixed === '*' ? names : namesOf(own.fixed);
  const streams = {};
  const open = {};
  const declared = {};
  for (const name of names) {
    const fields = { ...table.data_streams[name], ...table.multi_fields?.[name] };
    streams[name] = withoutEcs(fields);
    open[name] = fixed.includes(name) ? {} : openOf(fields, table.object_types?.[name], own, ecs);
    declared[name] = Object.fromEntries(
      declaredEcs(fields, ecs, templates, fixed.includes(name)).map((one) => [one, 'ecs']),
    );
  }
  if (table.package === 'endpoint') {
    streams.process = { ...withoutEcs(read('_endpoint_custom.json').fields), ...streams.process };
  }
  for (const name of new Set(
    [...Object.values(streams), ...Object.values(open)].flatMap((one) => Object.keys(one).map(prefixOf)),
  ))
    // prettier-ignore
    prefixes.set(name, [...(prefixes.get(name) ?? []), table.package]);
  const [common, commonOpen, commonDeclared] = [streams, open, declared].map(takeCommon);
  const total = [common, commonOpen, ...Object.values(streams), ...Object.values(open)];
  if (total.every((one) => Object.keys(one).length === 0)) continue;
  const grouped = (lists) =>
    filled(Object.fromEntries(Object.entries(lists).map(([name, fields]) => [name, byType(fields)])));
  const listed = (lists) =>
    filled(Object.fromEntries(Object.entries(lists).map(([name, fields]) => [name, Object.keys(fields).join(' ')])));
  write(`packages/${table.package}.json`, {
    source: table.package,
    version: table.version,
    licence: table.licence,
    origin: own.origin === undefined ? table.origin : [table.origin, own.origin],
    ...filled({ fixed: fixed.length === names.length ? '*' : fixed.join(' '), common: byType(common) }),
    streams: Object.fromEntries(Object.entries(streams).map(([name, fields]) => [name, byType(fields)])),
    ...filled({
      open: grouped({ '*': commonOpen, ...open }),
      ecs: listed({ '*': commonDeclared, ...declared }),
      limits: own.limits ?? {},
      unindexed: own.unindexed,
      disabled: own.disabled,
    }),
  });
  index[table.package] = { version: table.version, streams: names };
}

// Beats: a beat's own fields, its modules and what libbeat gives to all.
const libbeat = Object.assign({}, ...Object.values(read('beats/libbeat.json').schemas));
const beats = {};
for (const file of readdirSync(join(facts, 'beats')).sort()) {
  const table = read(join('beats', file));
  if (table.beat === 'libbeat') continue;
  const fields = Object.assign({}, libbeat, ...Object.values(table.schemas));
  const own = more.beats[table.beat] ?? {};
  const open = { ...ungrouped(more.beats.libbeat.open), ...ungrouped(own.open) };
  write(`beats/${basename(file)}`, {
    source: table.beat,
    version: table.version,
    licence: table.licence ?? '',
    origin: table.origin ?? '',
    streams: { [table.beat]: byType(withoutEcs(fields)) },
    open: { '*': byType(open) },
    ...filled({ limits: own.limits ?? {}, unindexed: own.unindexed, disabled: own.disabled }),
  });
  beats[table.beat] = { version: table.version };
}

const endgame = read('_endgame.json');
write('endgame.json', {
  source: 'endgame',
  version: endgame.version,
  licence: endgame.licence,
  origin: endgame.origin,
  streams: { endgame: byType(withoutEcs(endgame.fields)) },
});

const extra = read('_non_ecs.json');
write('extra.json', {
  source: 'extra',
  version: '',
  licence: extra.licence ?? '',
  origin: extra.origin ?? '',
  streams: Object.fromEntries(
    Object.entries(extra.indexes).map(([pattern, fields]) => [pattern, byType(withoutEcs(fields))]),
  ),
});

write('index.json', { packages: index, beats });
write('prefixes.json', {
  packages: Object.fromEntries(
    [...prefixes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, all]) => [name, all.join(' ')]),
  ),
});
