import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import type { Mapping } from '../../fields/mapping.ts';
import type { Json, JsonObject } from '../../text/json.ts';
import { compilePredicate } from '../run/predicate.ts';
import { checkEql } from './check.ts';
import { foldConstant } from './fold.ts';
import { lowerEventFilter } from './lower.ts';
import { parseEql, parseEqlExpression } from './parse.ts';
import type { EqlValue } from './value.ts';

/** A mapping of `name: type` or `name: body` pairs. */
export const mappingOf = (properties: Readonly<Record<string, string | JsonObject>>): Mapping =>
  mappingFromElasticsearch({
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, type]): [string, Json] => [
        name,
        typeof type === 'string' ? { type } : type,
      ]),
    ),
  });

/** Messages of all errors of a query, parse errors first. */
export function errorsOf(query: string, mapping: Mapping, stack?: string): string[] {
  const { statement, diagnostics } = parseEql(query);
  const checked = statement === undefined ? [] : checkEql(statement, mapping, stack === undefined ? {} : { stack });
  return [...diagnostics, ...checked].filter((one) => one.severity === 'error').map((one) => one.message);
}

/** A predicate of a condition; throws what Elasticsearch would refuse. */
export function compileCondition(condition: string, mapping: Mapping): (source: JsonObject) => boolean {
  const query = `any where ${condition}`;
  const { statement, diagnostics } = parseEql(query);
  if (statement?.body.kind !== 'event' || diagnostics.length > 0)
    throw new Error(`${condition}: ${diagnostics[0]?.message ?? 'no event query'}`);
  const [fault] = checkEql(statement, mapping).filter((one) => one.severity === 'error');
  if (fault !== undefined) throw new Error(`${condition}: ${fault.message}`);
  const lowered = lowerEventFilter(statement.body, mapping, { now: 0, text: query });
  const test = compilePredicate(lowered.query, { mapping, now: 0 });
  return (source) => test({ index: '', id: '', source, ordinal: 0 });
}

/** Verdicts of a condition over documents, as letters: `TF`. `!` is a search that fails. */
export function verdicts(condition: string, mapping: Mapping, documents: readonly JsonObject[]): string {
  const test = compileCondition(condition, mapping);
  return documents
    .map((source) => {
      try {
        return test(source) ? 'T' : 'F';
      } catch {
        return '!';
      }
    })
    .join('');
}

/** The value of a constant expression. */
export function valueOfText(text: string): EqlValue {
  const { expression, diagnostics } = parseEqlExpression(text);
  if (expression === undefined || diagnostics.length > 0) throw new Error(diagnostics[0]?.message ?? 'does not parse');
  return foldConstant(expression);
}
