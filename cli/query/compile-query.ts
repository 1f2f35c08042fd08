import type { Diagnostic } from '../text/diagnostic.ts';
import { span, type Span } from '../text/span.ts';
import type { Query } from './algebra/query.ts';
import type { Compiled, EventQuery, Language, QueryContext } from './compile.ts';
import { checkEql } from './eql/check.ts';
import { lowerEventFilter } from './eql/lower.ts';
import { parseEql } from './eql/parse.ts';
import { QueryFailure, Unsupported } from './failure.ts';
import { filtersToQueries } from './filters/filters-to-queries.ts';
import { checkKql } from './kql/check.ts';
import { dataViewFromMapping } from './kql/data-view.ts';
import { kqlToQuery } from './kql/lower.ts';
import { parseKql } from './kql/parse.ts';
import { explain } from './run/explain.ts';
import { compilePredicate } from './run/predicate.ts';

const unsupported = (construct: string, where: Span, help?: string): Diagnostic => ({
  id: 'query/unsupported',
  severity: 'error',
  message: `${construct} cannot be run offline yet`,
  span: where,
  why: 'a construct that the engine does not run gives no verdict, so the rule counts as failed, not as tested',
  ...(help === undefined ? {} : { help }),
});

const failed = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some((one) => one.severity === 'error');

/** A failure while a query is made ready is a diagnostic like any other; anything else that is thrown is a bug of ours. */
function asDiagnostic(error: unknown, text: string): Diagnostic {
  if (!(error instanceof QueryFailure)) throw error;
  return {
    id: error instanceof Unsupported ? 'query/unsupported' : 'query/fails',
    severity: 'error',
    message: error.message,
    span: error.span ?? span(0, text.length),
    why: error.why ?? 'Elasticsearch refuses the search, and the rule fails at every run',
    ...(error.help === undefined ? {} : { help: error.help }),
  };
}

interface Lowered {
  readonly query?: Query;
  readonly diagnostics: readonly Diagnostic[];
}

function lowerEql(text: string, context: QueryContext, execute: boolean): Lowered {
  const parsed = parseEql(text);
  if (parsed.statement === undefined || failed(parsed.diagnostics)) return { diagnostics: parsed.diagnostics };
  const options = {
    ...(context.eventCategoryField === undefined ? {} : { eventCategoryField: context.eventCategoryField }),
    ...(context.stack === undefined ? {} : { stack: context.stack }),
  };
  const checked = [...parsed.diagnostics, ...checkEql(parsed.statement, context.mapping, options)];
  if (!execute || failed(checked)) return { diagnostics: checked };
  const { body, pipes } = parsed.statement;
  if (body.kind !== 'event') {
    const keyword = span(body.span.start, body.span.start + body.kind.length);
    return { diagnostics: [...checked, unsupported(`EQL ${body.kind}`, keyword)] };
  }
  const pipe = pipes[0];
  if (pipe !== undefined) return { diagnostics: [...checked, unsupported(`pipe ${pipe.name.text}`, pipe.span)] };
  const lowered = lowerEventFilter(body, context.mapping, { ...options, now: context.now, text });
  return { query: lowered.query, diagnostics: [...checked, ...lowered.diagnostics] };
}

/** What Kibana's detection engine sets when it converts a KQL rule (reference: get_query_filter.ts). */
const KQL_CONFIG = { allowLeadingWildcards: true, dateFormatTZ: 'Zulu' } as const;

function lowerKql(text: string, context: QueryContext, execute: boolean): Lowered {
  const parsed = parseKql(text, { allowLeadingWildcards: true });
  if (parsed.ast === undefined || failed(parsed.diagnostics)) return { diagnostics: parsed.diagnostics };
  const checked = [...parsed.diagnostics, ...checkKql(parsed.ast, context.mapping)];
  if (!execute || failed(checked)) return { diagnostics: checked };
  return { query: kqlToQuery(parsed.ast, dataViewFromMapping(context.mapping), KQL_CONFIG), diagnostics: checked };
}

function lower(language: Language, text: string, context: QueryContext, execute: boolean): Lowered {
  switch (language) {
    case 'eql':
      return lowerEql(text, context, execute);
    case 'kuery':
      return lowerKql(text, context, execute);
    case 'lucene':
      if (!execute) return { diagnostics: [] };
      return {
        query: {
          kind: 'query_string',
          query: text,
          analyzeWildcard: true,
          timeZone: 'Zulu',
          span: span(0, text.length),
        },
        diagnostics: [],
      };
    case 'esql':
      return { diagnostics: execute ? [unsupported('ES|QL', span(0, Math.min(text.length, firstWord(text))))] : [] };
  }
}

const firstWord = (text: string): number => /^\s*\S+/.exec(text)?.[0].length ?? text.length;

/** Parses and checks a query against a mapping without making it runnable. Spans are offsets in `text`. */
export function checkQuery(language: Language, text: string, context: QueryContext): readonly Diagnostic[] {
  try {
    return lower(language, text, context, false).diagnostics;
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
    const lowered = lower(language, text, context, true);
    if (lowered.query === undefined || failed(lowered.diagnostics)) return { diagnostics: lowered.diagnostics };
    return { runnable: runnable(withFilters(lowered.query, context), context), diagnostics: lowered.diagnostics };
  } catch (error) {
    return { diagnostics: [asDiagnostic(error, text)] };
  }
}

function withFilters(query: Query, context: QueryContext): Query {
  if (context.filters === undefined || context.filters.length === 0) return query;
  const { filter, mustNot } = filtersToQueries(context.filters, dataViewFromMapping(context.mapping));
  if (filter.length === 0 && mustNot.length === 0) return query;
  return { kind: 'bool', filter: [query, ...filter], mustNot };
}

function runnable(query: Query, context: QueryContext): EventQuery {
  const options = {
    mapping: context.mapping,
    now: context.now,
    ...(context.stack === undefined ? {} : { stack: context.stack }),
  };
  return {
    kind: 'event',
    query,
    test: compilePredicate(query, options),
    explain: (event) => explain(query, options, event),
  };
}
