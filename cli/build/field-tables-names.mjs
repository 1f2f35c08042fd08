/**
 * Types as Fleet and Beats map them: an `integer` is a long (kibana:x-pack/platform/plugins/shared/fleet/server/services/epm/
 * elasticsearch/template/template.ts; beats:libbeat/template/processor.go).
 */
export const asMapped = (type) => (type === 'integer' ? 'long' : type);

/** `{name: value}` → `{value: "name name …"}`, sorted: long strings load faster than many keys. */
export function byType(fields) {
  const groups = new Map();
  for (const name of Object.keys(fields).sort()) {
    const type = fields[name];
    groups.set(type, groups.has(type) ? `${groups.get(type)} ${name}` : name);
  }
  return Object.fromEntries([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The names of a text, or of the texts of such groups. */
export const namesOf = (text) => (text ?? '').split(' ').filter((name) => name !== '');

/** `{value: "name name …"}` → `{name: value}`. */
export const ungrouped = (groups) =>
  Object.fromEntries(
    Object.entries(groups ?? {}).flatMap(([value, text]) => namesOf(text).map((name) => [name, value])),
  );

/** Takes out of all streams what every one of them has alike. */
export function takeCommon(streams) {
  const all = Object.values(streams);
  const common = {};
  if (all.length < 2) return common;
  for (const [name, type] of Object.entries(all[0])) if (all.every((one) => one[name] === type)) common[name] = type;
  for (const one of all) for (const name of Object.keys(common)) delete one[name];
  return common;
}
