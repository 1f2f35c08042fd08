import type { SimpleOperator } from './parse.ts';

/**
 * The names of the operators that `flags` of simple_query_string leaves on, in the order of their bits (elasticsearch:
 * server/src/main/java/org/elasticsearch/index/query/SimpleQueryStringFlag.java).
 */
export const SIMPLE_FLAGS: ReadonlyMap<string, SimpleOperator> = new Map([
  ['AND', 'and'], ['NOT', 'not'], ['OR', 'or'], ['PREFIX', 'prefix'], ['PHRASE', 'phrase'], ['PRECEDENCE', 'precedence'],
  ['ESCAPE', 'escape'], ['WHITESPACE', 'whitespace'], ['FUZZY', 'fuzzy'], ['NEAR', 'near'], ['SLOP', 'near'],
]); // prettier-ignore

/** `AND|PREFIX`, `NONE`, or undefined for all. */
export const operatorsOf = (flags: string | undefined): ReadonlySet<SimpleOperator> =>
  new Set(
    flags === undefined ? SIMPLE_FLAGS.values() : flags.split('|').flatMap((name) => SIMPLE_FLAGS.get(name) ?? []),
  );
