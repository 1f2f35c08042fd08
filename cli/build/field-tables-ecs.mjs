import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { asMapped, byType } from './field-tables-names.mjs';

const require = createRequire(import.meta.url);
const number = (version) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);

/** ECS releases that are on npm, which say more of a field than its type. */
function published() {
  return ['ecs-8.11', 'ecs-9.0', 'ecs-9.3', '@elastic/ecs'].map((alias) => {
    const { EcsFlat, EcsVersion } = require(alias);
    return { version: EcsVersion, flat: EcsFlat };
  });
}

/** Name and type of each field of each release, of the facts and of npm, which have to agree. */
function releases(facts, onNpm) {
  const found = new Map();
  for (const name of ['_ecs-8.17.0.json', '_ecs-9.3.0.json', '_ecs-9.4.0.json', '_ecs.json']) {
    const { version, fields, origin } = JSON.parse(readFileSync(join(facts, name), 'utf8'));
    found.set(version, { fields, origin });
  }
  for (const { version, flat } of onNpm) {
    const fields = {};
    for (const [name, field] of Object.entries(flat)) {
      fields[name] = field.type;
      for (const multi of field.multi_fields ?? []) fields[multi.flat_name] = multi.type;
    }
    const known = found.get(version)?.fields;
    if (known === undefined) found.set(version, { fields, origin: `@elastic/ecs ${version}` });
    else
      for (const name of new Set([...Object.keys(known), ...Object.keys(fields)]))
        if (known[name] !== fields[name] && known[name] !== undefined)
          console.error(`ECS ${version}: ${name} is ${known[name]} in one source and ${fields[name]} in the other`);
  }
  return found;
}

/** Values of names in some versions as `{mask: {value: "name name"}}`: a bit for each version. */
function byMask(versions, valuesOf) {
  const masks = new Map();
  versions.forEach((version, bit) => {
    for (const [name, value] of Object.entries(valuesOf(version))) {
      const key = `${name} ${value}`;
      masks.set(key, (masks.get(key) ?? 0) | (1 << bit));
    }
  });
  const tables = {};
  for (const [key, mask] of [...masks].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [name, value] = key.split(' ');
    (tables[mask] ??= {})[name] = value;
  }
  return {
    masks,
    tables: Object.fromEntries(Object.entries(tables).map(([mask, names]) => [mask, byType(names)])),
  };
}

/** `ignore_above` where it is not 1024, of the npm release that is next to a version. */
const limitsOf = (flat) =>
  Object.fromEntries(
    Object.entries(flat).flatMap(([name, { ignore_above: limit }]) =>
      limit === undefined || limit === 1024 ? [] : [[name, String(limit)]],
    ),
  );

const hasBelow = (fields, name) => Object.keys(fields).some((one) => one.startsWith(`${name}.`));

/** The table of ECS, and what the other tables need to know of it. */
export function ecsTable(facts) {
  const onNpm = published();
  const found = releases(facts, onNpm);
  const versions = [...found.keys()].sort((a, b) => number(a) - number(b));
  const nextOnNpm = (version) =>
    (onNpm.find((one) => number(one.version) >= number(version)) ?? onNpm[onNpm.length - 1]).flat;
  const { masks, tables } = byMask(versions, (version) =>
    Object.fromEntries(Object.entries(found.get(version).fields).map(([name, type]) => [name, asMapped(type)])),
  );
  const newest = found.get(versions[versions.length - 1]).fields;
  const flat = nextOnNpm(versions[versions.length - 1]);
  const open = {};
  for (const [name, type] of Object.entries(newest))
    if (type === 'object' && flat[name]?.object_type !== undefined) open[`${name}.*`] = flat[name].object_type;
    else if (type === 'object' && !hasBelow(newest, name)) open[`${name}.*`] = 'dynamic';
  const unindexed = Object.values(flat)
    .filter(({ index, doc_values: values }) => index === false && values === false)
    .map((field) => field.flat_name);
  const everywhere = (1 << versions.length) - 1;
  return {
    table: {
      source: 'ecs',
      licence: 'Apache-2.0',
      origin: versions.map((version) => found.get(version).origin),
      versions,
      fields: tables,
      open: byType(open),
      limits: byMask(versions, (version) => limitsOf(nextOnNpm(version))).tables,
      unindexed: unindexed.join(' '),
    },
    fields: newest,
    open,
    limits: limitsOf(flat),
    unindexed,
    /** Whether every release has this field with this type. */
    everywhere: (name, type) => masks.get(`${name} ${asMapped(type)}`) === everywhere,
  };
}
