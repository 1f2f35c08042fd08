import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { analyze, builtInAnalyzer } from '../fields/analysis/index.ts';
import { resolveDate } from '../fields/dates/index.ts';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import type { Event } from '../fields/event.ts';
import { indexDocuments } from '../fields/documents/index.ts';
import { readable } from '../fields/documents/readable.ts';
import type { Query } from '../query/algebra/query.ts';
import { parseDsl } from '../query/dsl/parse.ts';
import { toDsl } from '../query/dsl/print.ts';
import { checkEql } from '../query/eql/check.ts';
import { foldConstant } from '../query/eql/fold.ts';
import { parseEql, parseEqlExpression } from '../query/eql/parse.ts';
import { buildEsQuery, type QueryText } from '../query/filters/build-es-query.ts';
import { filtersToQueries } from '../query/filters/filters-to-queries.ts';
import type { KqlNode } from '../query/kql/ast.ts';
import { dataViewFromMapping, dataViewOf, type DataView } from '../query/kql/data-view.ts';
import { kqlToQuery } from '../query/kql/lower.ts';
import { parseKql } from '../query/kql/parse.ts';
import { minimumShouldMatch } from '../query/run/minimum-should-match.ts';
import { compilePredicate } from '../query/run/predicate.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { parseJson, parseJsonSpelled } from '../text/parse-json.ts';
import { eqlCase, eqlSeries } from './eql-vectors.ts';
import { canonical, list, object, text } from './json.ts';
import { indexingRow, SERVER, withoutDocValues } from './indexing-rows.ts';
import { defaultsVector, kibanaVector } from './kibana/vectors.ts';
import { reportedCase } from './reported-cases.ts';

/** Outcome of one vector: undefined if it holds, 'skip' if it cannot be judged with the data at hand, else why not. */
export type Outcome = string | undefined;
export interface Vector {
  readonly id: string;
  run(): Outcome | Promise<Outcome>;
}

/** Compares a result, or the failure to get one, with what is expected. */
function compare(make: () => Json, expected: Json | undefined, error: boolean): Outcome {
  let got: Json;
  try {
    got = make();
  } catch (caught) {
    if (!(caught instanceof KnownError)) return `crash: ${String(caught)}`;
    return error ? undefined : `refused: ${caught.message}`;
  }
  if (error) return `accepted: ${canonical(got).slice(0, 200)}`;
  return canonical(got) === canonical(expected ?? null) ? undefined : `got ${canonical(got).slice(0, 300)}`;
}

const view = (fields: Json | undefined): DataView | undefined =>
  Array.isArray(fields)
    ? dataViewOf(
        list(fields).map((one) => {
          const field = object(one);
          const nested = object(object(field['subType'])['nested'])['path'];
          const types = field['esTypes'];
          return {
            name: text(field['name']),
            type: text(field['type']),
            ...(Array.isArray(types) ? { esTypes: list(types).map(text) } : {}),
            ...(typeof nested === 'string' ? { nestedPath: nested } : {}),
          };
        }),
      )
    : undefined;

function kqlAst(query: string, options: JsonObject): KqlNode {
  const parsed = parseKql(query, options['allowLeadingWildcards'] === false ? { allowLeadingWildcards: false } : {});
  if (parsed.ast === undefined) throw new KnownError(parsed.diagnostics[0]?.message ?? 'does not parse');
  return parsed.ast;
}

function astJson(node: KqlNode): Json {
  const value = (one: { kind: string; value?: unknown; quoted?: unknown; parts?: unknown }): Json =>
    one.kind === 'literal'
      ? { type: 'literal', value: (one.value ?? null) as Json, quoted: one.quoted === true }
      : { type: 'wildcard', parts: [...(one.parts as string[])] };
  const make = (name: string, args: Json[]): Json => ({ type: 'function', function: name, arguments: args });
  switch (node.kind) {
    case 'is':
      return make('is', [value(node.field), value(node.value)]);
    case 'range':
      return make('range', [value(node.field), node.operator, value(node.value)]);
    case 'nested':
      return make('nested', [value(node.path), astJson(node.child)]);
    case 'not':
      return make('not', [astJson(node.child)]);
    default:
      return make(node.kind, node.children.map(astJson));
  }
}

/**
 * Ids of the documents that match. The documents under `refused`, whole or by their ids, have to be refused and the others taken;
 * what is refused is in no index, so that nothing finds it. Documents are written in the order of their ids.
 */
function evaluateIndexed(written: JsonObject): Json {
  // As a rule's query is sent, where the vector does not say
  const vector: JsonObject = { parameters: { analyze_wildcard: true }, ...written };
  const listed = list(vector['refused']).map((one) => (typeof one === 'string' ? one : text(object(one)['id'])));
  const documents = [...list(vector['docs']), ...list(vector['refused']).filter(isJsonObject)].map(object);
  const events = documents
    .map((doc, ordinal): Event => ({
      index: '',
      id: text(doc['id']),
      source: readable(object(doc['source'])),
      ordinal,
    }))
    .sort((a, b) => Number(a.id) - Number(b.id));
  const given = mappingFromElasticsearch(vector['mapping'] ?? {}, vector['settings'], { stack: SERVER });
  const { mapping, events: taken } = indexDocuments(events, given);
  const refused = events.filter((event) => !taken.includes(event)).map(({ id }) => id);
  const wrong = {
    refused: refused.filter((id) => !listed.includes(id)),
    taken: listed.filter((id) => !refused.includes(id)),
  };
  return wrong.refused.length + wrong.taken.length > 0 ? wrong : evaluate(vector, mapping, taken, SERVER);
}

const eventsOf = (vector: JsonObject): readonly Event[] =>
  list(vector['docs'])
    .map(object)
    .map((doc, ordinal) => ({ index: '', id: text(doc['id']), source: object(doc['source']), ordinal }));

function evaluate(
  vector: JsonObject,
  mapping = mappingFromElasticsearch(vector['mapping'] ?? {}, vector['settings']),
  events = eventsOf(vector),
  stack?: string,
): Json {
  const dataView = dataViewFromMapping(mapping);
  const config = object(vector['config'] ?? { dateFormatTZ: 'Zulu' });
  let query: Query;
  if (vector['language'] === 'kuery') {
    query = kqlToQuery(kqlAst(text(vector['query']), config), dataView, config);
    if (vector['filters'] !== undefined) {
      const { filter, mustNot } = filtersToQueries(list(vector['filters']), dataView);
      query = { kind: 'bool', filter: [query, ...filter], mustNot };
    }
  } else if (vector['language'] === 'dsl') query = parseDsl(vector['query'] ?? null);
  else {
    const fields = list(vector['default_fields']).map(text);
    query = parseDsl({
      query_string: {
        query: text(vector['query']),
        ...(fields[0] === '*' || fields.length === 0 ? {} : { fields }),
        ...object(vector['parameters'] ?? vector['params'] ?? vector['query_string']),
      },
    });
  }
  const now = typeof vector['now'] === 'string' ? Date.parse(vector['now']) : 0;
  const test = compilePredicate(query, { mapping, now, ...(stack === undefined ? {} : { stack }) });
  return events.filter(test).map(({ id }) => id);
}

function eqlParse(one: JsonObject, mappings: JsonObject): Outcome {
  const parsed = parseEql(text(one['query']));
  const body = own(mappings, text(one['mapping']));
  const checked =
    parsed.statement === undefined || parsed.diagnostics.length > 0 || body === undefined
      ? []
      : checkEql(parsed.statement, mappingFromElasticsearch(body, undefined, { accepted: true })).filter(
          (each) => each.severity === 'error',
        );
  const found = [...parsed.diagnostics, ...checked];
  if (one['expect'] !== 'fails') return found.length === 0 ? undefined : `refused: ${found[0]?.message ?? ''}`;
  if (found.length === 0) return 'accepted';
  return found.some((each) => each.errorType === one['error']) ? undefined : `refused as ${found[0]?.errorType ?? ''}`;
}

function eqlFold(one: JsonObject): Outcome {
  try {
    const { expression, diagnostics } = parseEqlExpression(text(one['expression']));
    if (expression === undefined) return `does not parse: ${diagnostics[0]?.message ?? ''}`;
    const value = foldConstant(expression);
    if (one['expected_type'] === 'double' && typeof value !== 'number') return 'not a double';
    const got = typeof value === 'bigint' ? Number(value) : value;
    const same =
      typeof got === 'number' && typeof one['expected'] === 'number'
        ? Math.abs(got - one['expected']) < 1e-9
        : isDeepStrictEqual(got, one['expected']);
    return same ? undefined : `got ${String(got)}`;
  } catch (caught) {
    return caught instanceof KnownError ? `refused: ${caught.message}` : `crash: ${String(caught)}`;
  }
}

/** Rule queries by hash, for vectors that name a query only by its hash. */
export type QueryByHash = (sha256: string) => string | undefined;

/** Suites whose documents and queries stand in the file itself, where the spelling of numbers counts. */
const SPELLED = /^(?:real|reported|dsl|kql|lucene)\//;

/** The vectors of one file. Suites that are not supported yet fail, vector by vector. */
export function vectorsOf(suite: string, path: string, byHash: QueryByHash): readonly Vector[] {
  const content = readFileSync(path, 'utf8');
  const file: unknown = SPELLED.test(suite) ? parseJsonSpelled(content).value : parseJson(content);
  const root = object(file);
  const items = list(root['vectors'] ?? root['cases'] ?? root['rows'] ?? file).map(object);
  const idOf = (one: JsonObject, at: number): string =>
    text(one['id']) || text(one['name']) || text(one['expression']) || `${text(one['type'])} ${at}`.trim();
  const views = object(root['data_views']);
  if (suite === 'kibana/defaults')
    return Object.entries(root).map(([type, defaults]) => ({
      id: type,
      run: () => defaultsVector(type, object(defaults)),
    }));
  const unasked = suite === 'real/indexing' ? withoutDocValues(items) : new Set<string>();
  const run: (one: JsonObject) => Outcome | Promise<Outcome> = (() => {
    switch (suite) {
      case 'eql/cases':
        return (one) => eqlCase(one, dirname(path));
      case 'eql/series':
        return eqlSeries;
      case 'eql/fold':
        return eqlFold;
      case 'eql/parse':
        return (one) => eqlParse(one, object(root['mappings']));
      case 'kql/parse':
        return (one) =>
          compare(
            () => astJson(kqlAst(text(one['query']), object(one['options']))),
            one['expect_ast'],
            own(one, 'expect_error') !== undefined,
          );
      case 'kql/to_dsl':
        return (one) =>
          compare(
            () =>
              toDsl(
                kqlToQuery(
                  kqlAst(text(one['query']), object(one['config'])),
                  view(own(views, text(one['data_view']))),
                  object(one['config']),
                ),
              ),
            one['expect_dsl'],
            own(one, 'expect_error') !== undefined,
          );
      case 'kql/build_es_query':
        return (one) =>
          compare(
            () =>
              buildEsQuery(
                view(own(views, text(one['data_view']))),
                list(one['queries']) as unknown as readonly QueryText[],
                list(one['filters']),
                object(one['config']),
              ),
            one['expect'],
            own(one, 'expect_error') !== undefined,
          );
      case 'kql/corpus_census':
        return (one) => {
          const query = byHash(text(one['query_sha256']));
          if (query === undefined) return 'skip';
          const hash = createHash('sha256')
            .update(canonical(toDsl(kqlToQuery(kqlAst(query, {}), undefined, {}))))
            .digest('hex');
          return hash === one['dsl_sha256'] ? undefined : 'another DSL';
        };
      case 'kql/eval':
      case 'kql/eval_filters':
      case 'dsl/eval':
      case 'lucene/eval':
        return (one) => compare(() => evaluate(one), one['expect'], own(one, 'expect_error') !== undefined);
      case 'real/dsl':
      case 'real/kql':
      case 'real/lucene':
      case 'real/values':
      case 'real/licensed':
        return (one) => compare(() => evaluateIndexed(one), one['expect'], own(one, 'expect_error') !== undefined);
      case 'real/indexing':
        return (one) => indexingRow(one, unasked);
      case 'reported/cases':
        return reportedCase;
      case 'dsl/date_math':
        return (one) =>
          compare(
            () =>
              Number(
                resolveDate(text(one['expression']), {
                  now: Date.parse(text(one['now'])),
                  roundUp: one['operator'] === 'gt' || one['operator'] === 'lte',
                  ...(typeof one['time_zone'] === 'string' ? { timeZone: one['time_zone'] } : {}),
                }) / 1_000_000n,
              ),
            one['expect_millis'],
            own(one, 'expect_error') !== undefined,
          );
      case 'dsl/minimum_should_match':
        return (one) =>
          compare(
            () => minimumShouldMatch(Number(one['optional_clauses']), text(one['spec']) || Number(one['spec'])),
            one['expect'],
            false,
          );
      case 'dsl/standard_tokens':
        return (one) =>
          compare(
            () =>
              analyze(
                text(one['text']),
                builtInAnalyzer('standard') ?? { type: 'standard', lowercase: true, typeName: 'standard' },
              ).map(({ term }) => term),
            one['tokens'],
            false,
          );
      default:
        if (suite.startsWith('kibana/')) return kibanaVector;
        return () => 'this suite is not supported yet';
    }
  })();
  return items.map((one, at) => ({ id: idOf(one, at), run: () => run(one) }));
}
