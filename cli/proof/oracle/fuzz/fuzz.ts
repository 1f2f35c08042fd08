import { mappingFromElasticsearch } from '../../../fields/elasticsearch-mapping.ts';
import { dataViewFromMapping } from '../../../query/kql/data-view.ts';
import { kqlToQuery } from '../../../query/kql/lower.ts';
import { parseKql } from '../../../query/kql/parse.ts';
import { toDsl } from '../../../query/dsl/print.ts';
import { isJsonObject, type JsonObject } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { compareBatch, type Batch } from './compare.ts';
import { randomDocument } from './documents.ts';
import { EVENTS, randomEvent, ruleLikeKql, ruleLikeLucene } from './events.ts';
import { clausesOf, kindOf } from './kinds.ts';
import { randomMapping } from './mappings.ts';
import { randomDsl } from './queries/compound.ts';
import { ZONE } from './queries/kql-meaning.ts';
import { isMeant, randomKql } from './queries/kql.ts';
import { luceneText } from './queries/lucene.ts';
import { spelledJson } from '../../../text/spelled-json.ts';
import { NoAnswer, NotRun } from '../not-run.ts';
import { Findings, type Asking, type FuzzDifference, type FuzzResult } from './findings.ts';
import type { IndexBatchResult, IndexDifference } from './index-batch.ts';
import { Random } from './random.ts';
import { forTwins, twinJudge } from './twins.ts';
import { outcome, shrink, verdictsOn, word, type Case, type Judges, type Verdicts } from './shrink.ts';

export type FuzzLanguage = 'dsl' | 'lucene' | 'kql';
export const FUZZ_LANGUAGES: readonly FuzzLanguage[] = ['dsl', 'lucene', 'kql'];

export interface FuzzOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly languages: readonly FuzzLanguage[];
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number;
  readonly size?: BatchSize;
  /** Compares indexing and grouping of random documents, where the other side can be asked for it. */
  readonly indexing?: (random: Random) => Promise<IndexBatchResult>;
  /** How the server is asked. Where none is given, whatever it does not answer ends the run. */
  readonly asking?: Asking;
}

/** How much a batch asks: as much as one index on a server is worth its making. */
export interface BatchSize {
  readonly documents: number;
  readonly queries: number;
}
const FULL: BatchSize = { documents: 60, queries: 250 };
/** Share of batches that are whole events with queries as rules have them. */
const EVENT_BATCHES = 0.2;
/** Each so many-th batch is asked with the types that the core server lacks. */
const TWIN_EVERY = 7;
/** Share of the time in which differences are made small. */
const SHRINKING = 0.3;

/** A KQL text for which Kibana sends another query than ours; none: it is refused here. */
interface Mistaken {
  readonly text: string;
  readonly meant: JsonObject;
  readonly query: JsonObject | undefined;
}

/** A batch of one language, its choices drawn from `random` alone. */
export function randomBatch(
  language: FuzzLanguage,
  random: Random,
  size = FULL,
): Batch & { readonly mistaken?: readonly Mistaken[] } {
  if (random.chance(EVENT_BATCHES)) {
    const documents = Array.from({ length: size.documents }, () => randomEvent(random));
    const queries = Array.from({ length: size.queries }, () => ruleLike(language, random));
    return { mapping: EVENTS.mapping, settings: EVENTS.settings, documents, queries: defined(queries) };
  }
  const made = randomMapping(random, random.int(3, 8));
  const documents = Array.from({ length: size.documents }, () => randomDocument(made, random));
  const mistaken: Mistaken[] = [];
  const translate = language === 'kql' ? kqlTranslator(made.mapping, made.settings) : undefined;
  const queries = Array.from({ length: size.queries }, (): JsonObject | undefined => {
    if (language === 'lucene') return queryString(luceneText(made.fields, random), random);
    if (language === 'dsl') return randomDsl(made.fields, random);
    const { text, meant } = randomKql(made.fields, random);
    const query = translate?.(text);
    if (translate !== undefined && meant !== undefined && !isMeant(query, meant)) mistaken.push({ text, meant, query });
    return query;
  });
  return { mapping: made.mapping, settings: made.settings, documents, queries: defined(queries), mistaken };
}

const defined = (queries: readonly (JsonObject | undefined)[]): JsonObject[] =>
  queries.filter((query): query is JsonObject => query !== undefined);

const queryString = (query: string, random: Random): JsonObject => ({
  query_string: { query, analyze_wildcard: true, ...(random.chance(0.7) ? { time_zone: 'Zulu' } : {}) },
});

function ruleLike(language: FuzzLanguage, random: Random): JsonObject | undefined {
  if (language === 'kql') return kqlTranslator(EVENTS.mapping, EVENTS.settings)?.(ruleLikeKql(random));
  const lucene = queryString(ruleLikeLucene(random), random);
  if (language === 'lucene' || random.chance(0.3)) return lucene;
  const kql = kqlTranslator(EVENTS.mapping, EVENTS.settings)?.(ruleLikeKql(random));
  return kql === undefined ? lucene : { bool: { filter: [kql], must_not: [lucene] } };
}

/** Translates KQL as a rule over this mapping would be; undefined for a text that Kibana refuses. */
function kqlTranslator(
  mapping: JsonObject,
  settings: JsonObject,
): ((text: string) => JsonObject | undefined) | undefined {
  try {
    const view = dataViewFromMapping(mappingFromElasticsearch(mapping, settings));
    return (text) => {
      const { ast } = parseKql(text);
      if (ast === undefined) return undefined;
      try {
        const dsl = toDsl(kqlToQuery(ast, view, { dateFormatTZ: ZONE }));
        return isJsonObject(dsl) ? dsl : undefined;
      } catch (error) {
        if (error instanceof KnownError) return undefined;
        throw error;
      }
    };
  } catch (error) {
    if (error instanceof KnownError) return undefined;
    throw error;
  }
}

const INDEXING = 'fuzz/indexing';
/** After each so many batches of queries comes one of indexing and grouping. */
const INDEXING_EVERY = 6;

const asFuzzDifference = ({
  kind,
  mapping,
  settings,
  document,
  server,
  ours,
  field,
}: IndexDifference): FuzzDifference => ({
  kind,
  mapping,
  settings,
  document,
  query: { field },
  server,
  ours,
  count: 1,
});

/** A text that is mistaken; of all of a run the shortest is shown. */
const asMistake = ({ mapping, settings }: Batch, { text, meant, query }: Mistaken): FuzzDifference => ({
  kind: 'kql: Kibana sends another query',
  mapping,
  settings,
  document: null,
  query: { kql: text },
  server: JSON.stringify(meant),
  ours: query === undefined ? 'refused' : JSON.stringify(query),
  count: 1,
});

/** Compares both judges on random batches until the time is over; shrinks what differs and groups it by kind. */
export async function fuzz(judges: Judges, options: FuzzOptions): Promise<FuzzResult> {
  const { seconds, clock, asking = (ask) => ask() } = options;
  const random = new Random(options.seed);
  const start = clock();
  const end = start + seconds * 1000;
  const findings = new Findings();
  let shrinking = 0;
  const shrinkNext = async (): Promise<void> => {
    const from = clock();
    await findings.shrinkNext(asking);
    shrinking += clock() - from;
  };
  try {
    for (let at = 0; clock() < end; at++) {
      await askBatch(judges, findings, { ...options, asking }, random, at);
      // Most of the time is for asking: what is found is made small now if that has taken less than its share, else at the end
      while (findings.waits && shrinking < (clock() - start) * SHRINKING) await shrinkNext();
    }
    for (const last = clock() + seconds * 1000 * SHRINKING; findings.waits && clock() < last;) await shrinkNext();
    return findings.result(undefined);
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    return findings.result(error.message);
  }
}

/** Asks the batch of a number, and one of indexing and grouping where it is due. */
async function askBatch(
  judges: Judges,
  findings: Findings,
  { languages, indexing, asking, size }: FuzzOptions & { readonly asking: Asking },
  random: Random,
  at: number,
): Promise<void> {
  if (indexing !== undefined && at % INDEXING_EVERY === INDEXING_EVERY - 1) {
    const choices = random.fork();
    const result = await asking(() => indexing(choices));
    if (result instanceof NoAnswer) findings.countUnanswered(INDEXING, result);
    else {
      findings.count(INDEXING, { documents: result.documents, pairs: result.pairs });
      for (const difference of result.differences) findings.add(asFuzzDifference(difference));
    }
  }
  const language = languages[at % languages.length] ?? 'dsl';
  const twins = at % TWIN_EVERY === TWIN_EVERY - 1;
  const drawn = randomBatch(language, random.fork(), size);
  const batch = twins ? forTwins(drawn) : drawn;
  for (const mistake of drawn.mistaken ?? [])
    findings.add(
      asMistake(batch, mistake),
      ({ query }) => mistake.text.length < spelledJson(query ?? null).length - 10,
    );
  const asked = twins ? { ...judges, ours: twinJudge(judges.ours) } : judges;
  const name = twins ? 'fuzz/twins' : `fuzz/${language}`;
  const result = await asking(() => compareBatch(asked, batch));
  if (result instanceof NoAnswer) return findings.countUnanswered(name, result);
  const { documents, pairs, failing, unsupported } = result;
  findings.count(name, { documents, queries: batch.queries.length, pairs, failing, unsupported });
  for (const difference of result.differences)
    findings.wait(lookOf(difference), async () => {
      const small = await smallest(asked, difference);
      return twins && small !== undefined ? { ...small, kind: `twin: ${small.kind}` } : small;
    });
}

/** How a difference looks before it is shrunk: clauses and outcome, and what each side says of a failure. */
const lookOf = ({ query, document, verdicts }: Case & { readonly verdicts: Verdicts }): string => {
  const why = [verdicts.server, verdicts.ours].map((answer) => ('fails' in answer ? answer.fails.replace(/\[[^\]]*\]|"[^"]*"|\d+/g, '_').slice(0, 80) : '')); // prettier-ignore
  return [query === undefined ? `document ${document === null ? '' : 'taken'}` : clausesOf(query).slice(-1).join(), outcome(verdicts), ...why].join(' | '); // prettier-ignore
};

async function smallest(
  judges: Judges,
  found: Case & { readonly verdicts: Verdicts },
): Promise<FuzzDifference | undefined> {
  const wanted = outcome(found.verdicts);
  const alone = found.document === null ? found.verdicts : await verdictsOn(judges, found);
  const start: Case = found;
  if (alone === undefined) return undefined;
  // What a server answers otherwise about the document alone depends on the others, which random batches do not mean. Our engine
  // never answers otherwise, so that is a difference.
  const agreed = word(alone.server) === word(alone.ours);
  if (agreed && word(alone.ours) === word(found.verdicts.ours)) return undefined;
  const small = outcome(alone) === wanted && found.document !== null ? await shrink(judges, start, wanted) : start;
  const verdicts = (found.document === null ? undefined : await verdictsOn(judges, small)) ?? found.verdicts;
  return {
    kind: kindOf(small, verdicts),
    mapping: small.mapping,
    settings: small.settings,
    document: small.document,
    query: small.query,
    server: verdicts.server,
    ours: verdicts.ours,
    count: 1,
  };
}
