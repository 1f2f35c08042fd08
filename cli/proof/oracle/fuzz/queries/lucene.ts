import type { FuzzField } from '../mappings.ts';
import type { Random } from '../random.ts';
import { misspelling } from '../values/near-misses.ts';
import { regexpPattern, wildcardPattern } from '../values/patterns.ts';
import { phrase, shortPhrase } from '../values/phrases.ts';
import { WORDS } from '../values/texts.ts';
import { valueText } from './value-text.ts';

type Typed = Pick<FuzzField, 'type' | 'format'>;

const escaped = (text: string): string => text.replace(/[+\-=&|><!(){}[\]^"~*?:\\/ ]/g, '\\$&');
/** A character by its code. */
const coded = (text: string): string =>
  `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}${escaped(text.slice(1))}`;

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** One clause of a query_string, without its field. */
function clause(field: Typed, random: Random): string {
  const value = valueText(field, random);
  return random.weighted<string>([
    [4, () => escaped(value) || '""'],
    [2, () => quoted(value)],
    [0.2, () => (value === '' ? '*' : coded(value))],
    [1, () => value || '*'],
    [1, () => `${escaped(value.slice(0, 3))}*`],
    [0.6, () => random.pick(['*', '?', '**', '?*', '*o*', 'f?o', 'a\\*c', '*\\\\*'])],
    [0.6, () => wildcardPattern(random).replace(/[ :/"()[\]{}~^!+&|-]/g, '\\$&') || '*'],
    [0.6, () => `/${regexpPattern(random, random.chance(0.2)).replaceAll('/', '\\/')}/`],
    [0.8, () => `${escaped(misspelling(random)) || 'a'}~${random.pick(['', '', '1', '2', '0', '0.5'])}`],
    [0.6, () => `${quoted(random.chance(0.5) ? shortPhrase(random) : phrase(random))}${random.pick(['', '~1', '~2', '~3', '~', '~x'])}`],
    [1, () => `${random.pick(['[', '{'])}${bound(field, random)} TO ${bound(field, random)}${random.pick([']', '}'])}`],
    [0.6, () => `${random.pick(['>', '>=', '<', '<='])}${escaped(value) || '1'}`],
    [0.4, () => `(${random.picks(WORDS.filter((word) => word !== ''), 2).map(escaped).join(random.pick([' ', ' AND ', ' OR ']))})`],
  ]); // prettier-ignore
}

const bound = (field: Typed, random: Random): string =>
  random.chance(0.2)
    ? '*'
    : random.chance(0.5)
      ? quoted(valueText(field, random))
      : escaped(valueText(field, random)) || '*';

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
          : name + clause(name === '' ? { type: 'keyword' } : field, random);
    const boost = random.chance(0.06) ? random.pick(['^2', '^2.5', '^0.5', '^.5', '^', '^2.', '^-1']) : '';
    parts.push(random.pick(['', '', '', '', 'NOT ', '-', '+', '!']) + one + boost);
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
      [0.6, () => `${random.chance(0.6) ? misspelling(random).replaceAll(/[~\s]/g, '') : random.pick(WORDS)}~${random.pick(['', '1', '2', '0', 'x'])}`],
      [0.6, () => `"${phrase(random)}"~${random.pick(['', '1', '2', '0'])}`],
      [0.2, () => random.pick(['fo\\*', '\\"', 'a\\', '\\+a', '\\-a', 'foo\\ bar'])],
      [0.5, () => '|'],
      [0.3, () => `(${random.pick(WORDS)} | ${random.pick(WORDS)})`],
      [0.2, () => random.pick(['(', ')', '"', '-', '+', '~', '*', 'AND', 'OR*'])],
    ]),
  ).join(' '); // prettier-ignore
