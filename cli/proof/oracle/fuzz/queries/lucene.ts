import type { FuzzField } from '../mappings.ts';
import type { Random } from '../random.ts';
import { DATE_MATH, DATE_TEXTS } from '../values/dates.ts';
import { NUMBER_TEXTS, NUMBER_TOKENS } from '../values/numbers.ts';
import { ADDRESSES, BLOCKS } from '../values/others.ts';
import { REGEXPS, TEXTS, WORDS } from '../values/texts.ts';

const escaped = (text: string): string => text.replace(/[+\-=&|><!(){}[\]^"~*?:\\/ ]/g, '\\$&');

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
      return random.pick(TEXTS);
    default:
      return random.pick([...NUMBER_TOKENS, ...NUMBER_TEXTS, 'true', 'false']);
  }
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** One clause of a query_string, without its field. */
function clause(type: string, random: Random): string {
  const value = valueText(type, random);
  return random.weighted<string>([
    [4, () => escaped(value) || '""'],
    [2, () => quoted(value)],
    [1, () => value || '*'],
    [1, () => `${escaped(value.slice(0, 3))}*`],
    [0.6, () => random.pick(['*', '?', '**', '?*', '*o*', 'f?o', 'a\\*c', '*\\\\*'])],
    [0.6, () => `/${random.pick(REGEXPS).replaceAll('/', '\\/')}/`],
    [0.5, () => `${random.pick(WORDS.filter((word) => /^\w+$/.test(word)))}~${random.pick(['', '1', '2', '0.5'])}`],
    [0.4, () => `${quoted(`${random.pick(WORDS)} ${random.pick(WORDS)}`)}${random.pick(['', '~1', '~3'])}`],
    [1, () => `${random.pick(['[', '{'])}${bound(type, random)} TO ${bound(type, random)}${random.pick([']', '}'])}`],
    [0.6, () => `${random.pick(['>', '>=', '<', '<='])}${escaped(value) || '1'}`],
    [0.4, () => `(${random.picks(WORDS.filter((word) => word !== ''), 2).map(escaped).join(random.pick([' ', ' AND ', ' OR ']))})`],
  ]); // prettier-ignore
}

const bound = (type: string, random: Random): string =>
  random.chance(0.2)
    ? '*'
    : random.chance(0.5)
      ? quoted(valueText(type, random))
      : escaped(valueText(type, random)) || '*';

/** Text of a query_string query: clauses, operators, groups, and now and then a slip. */
export function luceneText(fields: readonly FuzzField[], random: Random, depth = 0): string {
  const count = random.int(1, depth === 0 ? 3 : 2);
  const parts: string[] = [];
  for (let i = 0; i < count; i++) {
    const field = random.pick(fields);
    const name = random.weighted<string>([
      [6, () => `${field.name}:`],
      [2, () => ''],
      [0.3, () => 'nope:'],
      [0.3, () => 'f\\*:'],
      [0.3, () => '_exists_:'],
    ]);
    const one =
      name === '_exists_:'
        ? `_exists_:${field.name}`
        : depth < 2 && random.chance(0.15)
          ? `(${luceneText(fields, random, depth + 1)})`
          : name + clause(name === '' ? 'keyword' : field.type, random);
    parts.push(random.pick(['', '', '', '', 'NOT ', '-', '+', '!']) + one);
  }
  const text = parts.join(random.pick([' ', ' AND ', ' OR ', ' && ', ' || ']));
  return random.chance(0.02) ? text + random.pick([')', '"', ' AND', ' OR', ':', '(']) : text;
}

/** Text of a simple_query_string query. */
export const simpleText = (random: Random): string =>
  Array.from({ length: random.int(1, 4) }, () =>
    random.weighted<string>([
      [4, () => random.pick(WORDS)],
      [1, () => `${random.pick(WORDS)}*`],
      [1, () => `"${random.pick(WORDS)} ${random.pick(WORDS)}"`],
      [0.5, () => `-${random.pick(WORDS)}`],
      [0.5, () => `+${random.pick(WORDS)}`],
      [0.5, () => `${random.pick(WORDS)}~1`],
      [0.5, () => '|'],
      [0.3, () => `(${random.pick(WORDS)} | ${random.pick(WORDS)})`],
      [0.2, () => random.pick(['(', ')', '"', '-', '+', '~', '*', 'AND', 'OR*'])],
    ]),
  ).join(' ');
