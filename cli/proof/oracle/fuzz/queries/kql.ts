import type { JsonObject } from '../../../../text/json.ts';
import type { FuzzField } from '../mappings.ts';
import type { Random } from '../random.ts';
import { all, any, commonValue, comparisonOf, none, valueClause, within, wildcardClause, type Meant } from './kql-meaning.ts'; // prettier-ignore
import { valueText } from './value-text.ts';

/** A KQL text, and what Kibana sends for it; undefined where that is left to the parser alone. */
export interface Kql {
  readonly text: string;
  readonly meant: Meant;
}

/** A value of a comparison as it is written, and the clause that it makes of a field. */
interface Literal {
  readonly text: string;
  readonly clause: (field: FuzzField) => Meant;
}

const escaped = (text: string): string => text.replace(/[\\():<>"*{}]/g, '\\$&');
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const unknown = (): Meant => undefined;

const starred = (...parts: readonly string[]): Literal => ({
  text: parts.map(escaped).join('*'),
  clause: (field) => wildcardClause(field, parts),
});

function literal(field: Pick<FuzzField, 'type' | 'format'>, random: Random): Literal {
  const value = valueText(field, random);
  const plain = escaped(value).trim();
  return random.weighted<Literal>([
    [3, () => ({ text: quoted(value), clause: (one) => valueClause(one, value, true) })],
    [3, () => ({ text: plain === '' ? '""' : plain, clause: (one) => (plain === '' ? valueClause(one, '', true) : commonValue(one, value)) })],
    [1, () => starred(value.slice(0, 3), '')],
    [0.5, () => starred('', value.slice(-3))],
    [0.5, () => starred(value.slice(0, 1), value.slice(-1))],
    [0.7, () => starred('', '')],
    [0.1, () => ({ text: 'null', clause: unknown })],
  ]); // prettier-ignore
}

const nameOf = (name: string, random: Random): string =>
  random.chance(0.04) ? random.pick(['f*', 'o.*', 'nope', '*', '*.m']) : name;

/** A comparison of a field under the name that it has where it stands; what another name means is left open. */
function comparison(field: FuzzField, name: string, isOwn: boolean, random: Random): Kql {
  const known = (meant: Meant): Meant => (isOwn ? meant : undefined);
  return random.weighted<Kql>([
    [6, () => {
      const { text, clause } = literal(field, random);
      return { text: `${name}: ${text}`, meant: known(clause(field)) };
    }],
    [1.5, () => {
      const [sign, operator] = random.pick([['>', 'gt'], ['>=', 'gte'], ['<', 'lt'], ['<=', 'lte']] as const);
      const value = valueText(field, random);
      return { text: `${name} ${sign} ${quoted(value)}`, meant: known(comparisonOf(field, operator, value)) };
    }],
    [1.5, () => {
      const items = Array.from({ length: random.int(2, 3) }, () => {
        const { text, clause } = literal(field, random);
        return random.chance(0.25) ? { text: `not ${text}`, meant: none(clause(field)) } : { text, meant: clause(field) };
      });
      const { text, meant } = chain(items, random);
      return { text: `${name}: (${text})`, meant: known(meant) };
    }],
  ]); // prettier-ignore
}

/** Parts with operators between them: "and" binds tighter than "or". */
function chain(parts: readonly Kql[], random: Random): Kql {
  let text = parts[0]?.text ?? '';
  const groups: Meant[][] = [[parts[0]?.meant]];
  for (const part of parts.slice(1)) {
    const operator = random.pick(['and', 'or', 'and', 'AND', 'OR']);
    text += ` ${operator} ${part.text}`;
    if (operator.toLowerCase() === 'or') groups.push([part.meant]);
    else groups.at(-1)?.push(part.meant);
  }
  return { text, meant: any(groups.map(all)) };
}

/** A KQL text: comparisons, groups of nested objects, free text. */
export function randomKql(fields: readonly FuzzField[], random: Random, depth = 0): Kql {
  const parts = Array.from({ length: random.pick(depth < 3 ? [1, 1, 2, 2, 3] : [1]) }, (): Kql => {
    const inner = side(fields, random, depth);
    return random.chance(0.2) ? { text: `not ${inner.text}`, meant: none(inner.meant) } : inner;
  });
  return chain(parts, random);
}

function side(fields: readonly FuzzField[], random: Random, depth: number): Kql {
  if (depth >= 3 || random.chance(0.7)) return one(fields, random);
  const { text, meant } = randomKql(fields, random, depth + 1);
  return { text: `(${text})`, meant };
}

function one(fields: readonly FuzzField[], random: Random): Kql {
  if (random.chance(0.05)) return { text: literal({ type: 'text' }, random).text, meant: undefined };
  const field = random.pick(fields);
  const { nestedPath } = field;
  if (nestedPath === undefined || random.chance(0.1)) {
    const name = nameOf(field.name, random);
    return comparison(field, name, nestedPath === undefined && name === field.name, random);
  }
  const compared = comparison(field, field.name.slice(nestedPath.length + 1), true, random);
  const inner = random.chance(0.3) ? { text: `not ${compared.text}`, meant: none(compared.meant) } : compared;
  const groups = random.chance(0.5) ? nestedPath.split('.') : [nestedPath];
  return groups.reduceRight<Kql>(
    ({ text, meant }, path, at): Kql => ({
      text: `${path}: { ${text} }`,
      meant: within(groups.slice(0, at + 1).join('.'), meant),
    }),
    inner,
  );
}

/** Whether a translation is the one that is meant, whatever the order of its members. */
export const isMeant = (made: JsonObject | undefined, meant: JsonObject): boolean => sorted(made) === sorted(meant);

const sorted = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'must_not' && !Array.isArray(inner)) return [inner];
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
