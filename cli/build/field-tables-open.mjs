import { asMapped, namesOf, ungrouped } from './field-tables-names.mjs';

/** Matcher of the `path_match` of a dynamic template: a star stands for any run. */
const matcher = (pattern) => new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`);

/**
 * The dynamic templates of a data stream as `{path_match: type}`: its `object` fields and names with stars, with the type
 * that their members get, or `dynamic` where the templates around them decide (kibana: fleet/server/services/epm/
 * elasticsearch/template/template.ts). `objectTypes` are the package's own `object_type`s. An `object` of ECS that has
 * members there is only a container; any other `object` takes whatever comes, also when some of its members are listed.
 */
export function openOf(fields, objectTypes, facts, ecs) {
  const open = {};
  const known = ungrouped(facts?.open);
  for (const [name, type] of Object.entries(fields)) {
    const star = name.includes('*');
    if (type !== 'object' && type !== 'array' && !star) continue;
    const pattern = star ? name : `${name}.*`;
    const member = known[pattern] ?? objectTypes?.[name] ?? ecs.open[pattern];
    // Fleet makes no template of a name with a star that has an object_type and is no object.
    if (star && type !== 'object' && objectTypes?.[name] !== undefined) open[pattern] = 'dynamic';
    else if (member !== undefined) open[pattern] = asMapped(member);
    else if (star && type !== 'object') open[pattern] = asMapped(type);
    else if (star || ecs.fields[name] !== 'object') open[pattern] = 'dynamic';
  }
  return open;
}

/** Types that take any text that a query asks for. */
const OF_TEXT = new Set([
  'keyword',
  'constant_keyword',
  'wildcard',
  'text',
  'match_only_text',
  'flattened',
  'object',
  'nested',
]);

/**
 * The fields of ECS that a stream declares itself, as far as it matters: texts for whose `ignore_above` it does, and what can
 * refuse a query (dates, numbers, fields that cannot be searched), which is not there without a document otherwise. A stream
 * with `dynamic: false` leaves no limits to `ecs@mappings`.
 */
export function declaredEcs(fields, ecs, templates, fixed) {
  const declared = Object.keys(fields)
    .filter((name) => name !== '@timestamp' && ecs.fields[name] !== undefined && ecs.fields[name] === fields[name])
    .sort();
  const refuses = (name) => !OF_TEXT.has(ecs.fields[name]) || ecs.unindexed.includes(name);
  if (fixed) return declared.filter(refuses);
  const unlimited = templates
    .filter(({ type }) => type === 'keyword' || type === 'wildcard')
    .flatMap(({ match }) => namesOf(match).map(matcher));
  const isText = (name) => ecs.fields[name] === 'keyword' || ecs.fields[name] === 'wildcard';
  // Where a stream does not declare it, ecs@mappings sets no limit where ECS or Fleet does, or the usual one instead of another
  const limited = (name) =>
    ecs.limits[name] !== undefined || ecs.fields[name] === 'wildcard' || unlimited.some((one) => one.test(name));
  return declared.filter((name) => refuses(name) || (isText(name) && limited(name)));
}
