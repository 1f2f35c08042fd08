import type { FuzzField } from '../mappings.ts';
import type { Random } from '../random.ts';
import { DATE_MATH, DATE_TEXTS } from '../values/dates.ts';
import { NUMBER_TEXTS, NUMBER_TOKENS } from '../values/numbers.ts';
import { ADDRESSES, BLOCKS } from '../values/others.ts';
import { TEXTS } from '../values/texts.ts';

const escaped = (text: string): string => text.replace(/[\\():<>"*{}]/g, '\\$&');
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

function valueText(type: string, random: Random): string {
  switch (type) {
    case 'ip':
      return random.pick([...ADDRESSES, ...BLOCKS]);
    case 'date':
    case 'date_nanos':
      return random.pick([...DATE_TEXTS, ...DATE_MATH]);
    case 'keyword':
    case 'text':
    case 'flattened':
    case 'flattened key':
    case 'geo_point':
      return random.pick(TEXTS);
    case 'boolean':
      return random.pick(['true', 'false', 'True', '']);
    default:
      return random.pick([...NUMBER_TOKENS, ...NUMBER_TEXTS]);
  }
}

function literal(type: string, random: Random): string {
  const value = valueText(type, random);
  return random.weighted<string>([
    [3, () => quoted(value)],
    [3, () => escaped(value).trim() || '""'],
    [1, () => `${escaped(value.slice(0, 3))}*`],
    [0.5, () => `*${escaped(value.slice(-3))}`],
    [0.5, () => `${escaped(value.slice(0, 1))}*${escaped(value.slice(-1))}`],
    [0.7, () => '*'],
    [0.1, () => 'null'],
  ]);
}

const nameOf = (name: string, random: Random): string =>
  random.chance(0.04) ? random.pick(['f*', 'o.*', 'nope', '*', '*.m']) : name;

function comparison(field: FuzzField, name: string, random: Random): string {
  return random.weighted<string>([
    [6, () => `${name}: ${literal(field.type, random)}`],
    [1.5, () => `${name} ${random.pick(['>', '>=', '<', '<='])} ${quoted(valueText(field.type, random))}`],
    [1.5, () => `${name}: (${literal(field.type, random)} ${random.pick(['or', 'and', 'OR'])} ${random.pick(['', 'not '])}${literal(field.type, random)})`],
  ]); // prettier-ignore
}

/** A KQL text: comparisons, groups of nested objects, free text. */
export function kqlText(fields: readonly FuzzField[], random: Random, depth = 0): string {
  return random.weighted<string>([
    [depth === 0 ? 4 : 5, () => one(fields, random)],
    [depth < 3 ? 3 : 0, () => `${side(fields, random, depth)} ${random.pick(['and', 'or', 'and', 'AND'])} ${side(fields, random, depth)}`],
    [depth < 3 ? 1 : 0, () => `not ${side(fields, random, depth)}`],
  ]); // prettier-ignore
}

const side = (fields: readonly FuzzField[], random: Random, depth: number): string =>
  random.chance(0.5) ? one(fields, random) : `(${kqlText(fields, random, depth + 1)})`;

function one(fields: readonly FuzzField[], random: Random): string {
  if (random.chance(0.05)) return literal('text', random);
  const field = random.pick(fields);
  if (field.nestedPath === undefined || random.chance(0.1))
    return comparison(field, nameOf(field.name, random), random);
  const inner = field.name.slice(field.nestedPath.length + 1);
  return `${field.nestedPath}: { ${random.pick(['', 'not '])}${comparison(field, inner, random)} }`;
}
