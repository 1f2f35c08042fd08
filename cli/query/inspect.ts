import { indexDocuments, refusalText, type Refusal } from '../fields/documents/index.ts';
import type { Event } from '../fields/event.ts';
import type { Mapping } from '../fields/mapping.ts';
import type { Json } from '../text/json.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { span } from '../text/span.ts';
import type { Query } from './algebra/query.ts';
import { compileQuery } from './compile-query.ts';
import type { EventGroup, EventQuery, GroupQuery, Language } from './compile.ts';
import { parseDsl } from './dsl/parse.ts';
import { toDsl } from './dsl/print.ts';
import { QueryFailure, Unsupported } from './failure.ts';
import { parseKql } from './kql/parse.ts';
import { parseLucene } from './lucene/parse.ts';
import { explain } from './run/explain.ts';
import type { Explanation } from './run/explanation.ts';
import { leadingValues } from './run/leading-values.ts';
import { compilePredicate } from './run/predicate.ts';
import type { GroupExplanation } from './run/sequence/explanation.ts';
import { parseJsonSpelled } from '../text/parse-json.ts';
import { algebraTree, kqlTree, luceneTree, type Tree } from './tree.ts';

/** Languages that a query can be looked at in: those of rules, and Query DSL as JSON. */
export type InspectedLanguage = Language | 'dsl';

/** One event under the query. `error`: the search fails on it. */
export interface EventVerdict {
  readonly event: Event;
  readonly matched: boolean;
  /** Why Elasticsearch refuses the document, so that no query finds it. */
  readonly refused?: string;
  readonly explanation?: Explanation;
  readonly error?: string;
}

/** All there is to see of a query: its tree, the Query DSL that it becomes, what is wrong with it, and what it matches. */
export interface Inspection {
  readonly language: InspectedLanguage;
  readonly text: string;
  /** Absent when the text does not parse. */
  readonly tree?: Tree;
  /** Absent when it cannot be run. Of a sequence or a sample a list: one for each term, that of `until` last. */
  readonly dsl?: Json;
  readonly diagnostics: readonly Diagnostic[];
  readonly events: readonly EventVerdict[];
  /** Of EQL sequences and samples: what they find among the events. */
  readonly groups?: readonly EventGroup[];
  /** Where there are events and no group: how far they get, and what stops them. */
  readonly furthest?: GroupExplanation;
}

/** Groups that are looked for at most. */
const MAX_GROUPS = 1000;

/** Parses a query under a mapping and runs it over events. Never throws for what a text or an event can hold. */
export function inspectQuery(
  language: InspectedLanguage,
  text: string,
  given: { readonly mapping: Mapping; readonly now: number; readonly stack?: string },
  events: readonly Event[],
): Inspection {
  const { mapping, events: taken, refusals } = indexDocuments(events, given.mapping);
  const options = { ...given, mapping };
  const { runnable, diagnostics } =
    language === 'dsl' ? compileDsl(text, options) : compileQuery(language, text, options);
  if (runnable !== undefined && runnable.kind !== 'event')
    return {
      language,
      text,
      tree: { label: runnable.kind, children: runnable.terms.map(algebraTree) },
      dsl: runnable.terms.map(toDsl),
      events: events.flatMap((event) => refusedVerdict(event, refusals.get(event)) ?? []),
      ...groupsOf(runnable, taken, diagnostics),
    };
  const tree = treeOf(language, text, runnable?.query);
  return {
    language,
    text,
    ...(tree === undefined ? {} : { tree }),
    ...(runnable === undefined ? {} : { dsl: toDsl(runnable.query) }),
    diagnostics,
    events:
      runnable === undefined
        ? []
        : events.map((event) => refusedVerdict(event, refusals.get(event)) ?? verdictOf(runnable, event)),
  };
}

function groupsOf(
  query: GroupQuery,
  events: readonly Event[],
  diagnostics: readonly Diagnostic[],
): Pick<Inspection, 'groups' | 'furthest' | 'diagnostics'> {
  try {
    const groups = query.run(events, MAX_GROUPS);
    const stopped = groups.length === 0 && events.length > 0;
    return { groups, diagnostics, ...(stopped ? { furthest: query.explain(events) } : {}) };
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    const where = error.span ?? span(0, 0);
    return {
      diagnostics: [...diagnostics, { id: 'query/fails', severity: 'error', message: error.message, span: where }],
    };
  }
}

function treeOf(language: InspectedLanguage, text: string, query: Query | undefined): Tree | undefined {
  if (language === 'kuery') {
    const { ast } = parseKql(text);
    return ast === undefined ? undefined : kqlTree(ast);
  }
  if (language === 'lucene' && text.trim() !== '') {
    try {
      return luceneTree(parseLucene(text));
    } catch (error) {
      if (error instanceof QueryFailure) return undefined;
      throw error;
    }
  }
  return query === undefined ? undefined : algebraTree(query);
}

/** The verdict of a document that is in no index; undefined: it is in one. */
function refusedVerdict(event: Event, refusals: readonly Refusal[] = []): EventVerdict | undefined {
  const refusal = refusals.find(({ effect }) => effect === 'rejected');
  return refusal === undefined ? undefined : { event, matched: false, refused: refusalText(refusal) };
}

function verdictOf(runnable: EventQuery, event: Event): EventVerdict {
  try {
    return { event, matched: runnable.test(event), explanation: runnable.explain(event) };
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    return { event, matched: false, error: error.message };
  }
}

function compileDsl(
  text: string,
  options: { readonly mapping: Mapping; readonly now: number; readonly stack?: string },
): { readonly runnable?: EventQuery; readonly diagnostics: readonly Diagnostic[] } {
  const fault = (id: string, message: string, more: Partial<Diagnostic> = {}): { diagnostics: Diagnostic[] } => ({
    diagnostics: [{ id, severity: 'error', message, span: span(0, text.length), ...more }],
  });
  let json: Json;
  try {
    json = parseJsonSpelled(text).value as Json;
  } catch (error) {
    return fault('query/syntax', `the query is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  try {
    const query = parseDsl(json);
    const test = compilePredicate(query, options);
    return {
      runnable: {
        kind: 'event',
        query,
        test,
        leading: (index) => leadingValues(query, options, index),
        explain: (event) => explain(query, options, event),
      },
      diagnostics: [],
    };
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    return fault(error instanceof Unsupported ? 'query/unsupported' : 'query/fails', error.message, {
      ...(error.why === undefined ? {} : { why: error.why }),
      ...(error.help === undefined ? {} : { help: error.help }),
    });
  }
}
