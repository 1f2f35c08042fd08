import type { Diagnostic } from '../text/diagnostic.ts';
import { span, type Span } from '../text/span.ts';
import type { Query } from './algebra/query.ts';
import type { Compiled, Language, QueryContext } from './compile.ts';
import { checkEqlText, compileEql } from './compile-eql.ts';
import { eventQuery, failed, withFilters } from './event-query.ts';
import { MAX_CLAUSE_DEPTH } from './dsl/parse.ts';
import { QueryFailure, Unsupported } from './failure.ts';
import { filterFieldNames } from './filters/filters-to-queries.ts';
import { checkKql } from './kql/check.ts';
import { dataViewOfRule } from './kql/data-view.ts';
import { kqlFieldNames } from './kql/field-names.ts';
import { kqlToQuery } from './kql/lower.ts';
import { parseKql } from './kql/parse.ts';
import { checkLucene } from './lucene/check.ts';

const NO_VERDICT =
  'a construct that the engine does not run gives no verdict, so the rule counts as failed, not as tested';

const unsupported = (construct: string, where: Span, help?: string): Diagnostic => ({
  id: 'query/unsupported',
  severity: 'error',
  message: `${construct} cannot be run offline yet`,
  span: where,
  why: NO_VERDICT,
  ...(help === undefined ? {} : { help }),
});

/** A failure while a query is made ready is a diagnostic like any other; anything else that is thrown is a bug of ours. */
function asDiagnostic(error: unknown, text: string): Diagnostic {
  if (!(error instanceof QueryFailure)) throw error;
  return {
    id: error instanceof Unsupported ? 'query/unsupported' : 'query/fails',
    severity: 'error',
    message: error.message,
    span: error.span ?? span(0, text.length),
    why:
      error.why ??
      (error instanceof Unsupported ? NO_VERDICT : 'Elasticsearch refuses the search, and the rule fails at every run'),
    ...(error.help === undefined ? {} : { help: error.help }),
  };
}

interface Lowered {
  readonly query?: Query;
  readonly diagnostics: readonly Diagnostic[];
}

/** What Kibana's detection engine sets when it converts a KQL rule (reference: get_query_filter.ts). */
const KQL_CONFIG = { allowLeadingWildcards: true, dateFormatTZ: 'Zulu' } as const;

/** Findings of a check that Elasticsearch runs all the same: what is not mapped, or an object, matches nothing there. */
const harmless = (one: Diagnostic): boolean => one.id === 'query/unknown-field' || one.id === 'query/field-not-usable';

/** Findings on which the search fails if it comes to read the value, which it does not beside a condition that cannot match. */
const onReading = (one: Diagnostic): boolean => one.id === 'query/type-mismatch';

/** A value that the search does not read here is wrong all the same. */
const notRead = (one: Diagnostic): Diagnostic =>
  onReading(one)
    ? {
        ...one,
        why: 'the search does not fail on it only because a condition beside it can match nothing in these indices; where that one can, it fails',
      }
    : one;

function lowerKql(text: string, context: QueryContext, execute: boolean): Lowered {
  const parsed = parseKql(text, { allowLeadingWildcards: true });
  if (parsed.ast === undefined || failed(parsed.diagnostics)) return { diagnostics: parsed.diagnostics };
  const checked = [...parsed.diagnostics, ...checkKql(parsed.ast, context.mapping)];
  if (!execute || failed(checked.filter((one) => !harmless(one) && !onReading(one)))) return { diagnostics: checked };
  const dataView = dataViewOfRule(context.mapping, [
    ...kqlFieldNames(parsed.ast),
    ...filterFieldNames(context.filters ?? []),
  ]);
  const query = kqlToQuery(parsed.ast, dataView, KQL_CONFIG);
  if (clauseDepth(query) > MAX_CLAUSE_DEPTH - CLAUSES_AROUND)
    throw new QueryFailure(`the query becomes more than ${MAX_CLAUSE_DEPTH} clauses inside each other`, {
      help: 'write it flatter: join more conditions with one "and" or "or"',
    });
  return { query, diagnostics: checked };
}

/** The search of the detection engine and the query with its filters, each a bool around the query itself. */
const CLAUSES_AROUND = 2;

/** Clauses inside each other, the outermost included. */
function clauseDepth(query: Query): number {
  if (query.kind === 'nested') return 1 + clauseDepth(query.query);
  if (query.kind !== 'bool') return 1;
  const inner = [query.must, query.filter, query.should, query.mustNot].flatMap((list) => list ?? []);
  return 1 + inner.reduce((most, one) => Math.max(most, clauseDepth(one)), 0);
}

function lowerLucene(text: string, context: QueryContext, execute: boolean): Lowered {
  const diagnostics = checkLucene(text, context.mapping);
  if (!execute || failed(diagnostics.filter((one) => !harmless(one)))) return { diagnostics };
  const where = span(0, text.length);
  // kibana: es_query/lucene_string_to_dsl.ts makes match_all of a blank text
  if (text.trim() === '') return { query: { kind: 'match_all', span: where }, diagnostics };
  return {
    query: { kind: 'query_string', query: text, analyzeWildcard: true, timeZone: 'Zulu', span: where },
    diagnostics,
  };
}

function lower(language: Exclude<Language, 'eql'>, text: string, context: QueryContext, execute: boolean): Lowered {
  switch (language) {
    case 'kuery':
      return lowerKql(text, context, execute);
    case 'lucene':
      return lowerLucene(text, context, execute);
    case 'esql':
      return { diagnostics: execute ? [unsupported('ES|QL', span(0, Math.min(text.length, firstWord(text))))] : [] };
  }
}

const firstWord = (text: string): number => /^\s*\S+/.exec(text)?.[0].length ?? text.length;

/** Parses and checks a query against a mapping without making it runnable. Spans are offsets in `text`. */
export function checkQuery(language: Language, text: string, context: QueryContext): readonly Diagnostic[] {
  try {
    if (language === 'eql') return checkEqlText(text, context);
    const { diagnostics } = lower(language, text, context, false);
    return diagnostics.some(onReading) ? compileQuery(language, text, context).diagnostics : diagnostics;
  } catch (error) {
    return [asDiagnostic(error, text)];
  }
}

/**
 * Makes a query runnable: parse, check against the mapping, lower into the algebra, and-ed with the rule's filters.
 * `runnable` is absent when anything stands in the way; the diagnostics then hold an error that names it.
 */
export function compileQuery(language: Language, text: string, context: QueryContext): Compiled {
  try {
    if (language === 'eql') return compileEql(text, context);
    const lowered = lower(language, text, context, true);
    if (lowered.query === undefined) return { diagnostics: lowered.diagnostics };
    return madeRunnable(lowered.query, lowered.diagnostics, context);
  } catch (error) {
    return { diagnostics: [asDiagnostic(error, text)] };
  }
}

/** Of a query that fails on a value, the finding says more than the failure. */
function madeRunnable(query: Query, diagnostics: readonly Diagnostic[], context: QueryContext): Compiled {
  try {
    return { runnable: eventQuery(withFilters(query, context), context), diagnostics: diagnostics.map(notRead) };
  } catch (error) {
    if (error instanceof QueryFailure && diagnostics.some(onReading)) return { diagnostics };
    throw error;
  }
}
