import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oldestFirst } from '../engine/time.ts';
import type { Event } from '../fields/event.ts';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import { mergeMappings } from '../fields/merge-mappings.ts';
import type { Field, Mapping } from '../fields/mapping.ts';
import { compileQuery } from '../query/compile-query.ts';
import type { QueryContext } from '../query/compile.ts';
import { limitEvents, type ResultPosition } from '../query/eql/limit.ts';
import type { Hit } from '../query/run/sequence/hit.ts';
import { SequenceMatcher } from '../query/run/sequence/matcher.ts';
import type { SequencePlan, Term } from '../query/run/sequence/plan.ts';
import { own, type Json, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { parseJsonSpelled } from '../text/parse-json.ts';
import { canonical, list, object, text } from './json.ts';

interface Dataset {
  readonly mapping: Mapping;
  readonly docs: readonly JsonObject[];
}
const datasets = new Map<string, Dataset>();

function dataset(folder: string, name: string): Dataset {
  const key = join(folder, name);
  let found = datasets.get(key);
  if (found === undefined) {
    const mapping = mappingFromElasticsearch(
      JSON.parse(readFileSync(join(folder, 'datasets', `${name}.mapping.json`), 'utf8')) as Json,
    );
    const docs = readFileSync(join(folder, 'datasets', `${name}.ndjson`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => object(parseJsonSpelled(line).value));
    datasets.set(key, (found = { mapping, docs }));
  }
  return found;
}

interface Answer {
  readonly ids: Json;
  readonly keys: readonly (readonly Json[])[];
}

/** An EQL query over a dataset: it has to give the same answer from either end. Undefined: it does. */
export function eqlCase(one: JsonObject, folder: string): string | undefined {
  const names = Array.isArray(one['dataset']) ? list(one['dataset']).map(text) : [text(one['dataset'])];
  const sets = names.map((name) => dataset(folder, name));
  const [first] = sets;
  if (first === undefined) return 'no dataset';
  const mapping = sets.length === 1 ? first.mapping : mergeMappings(sets.map((set) => set.mapping));
  const events = sets
    .flatMap((set, at) => set.docs.map((source) => ({ index: names[at] ?? '', source })))
    .map(({ index, source }, ordinal): Event => ({ index, id: String(ordinal), source, ordinal }));
  const expected =
    one['expected_event_ids_any_of'] === undefined
      ? [one['expected_event_ids'] ?? null]
      : list(one['expected_event_ids_any_of']);
  try {
    for (const position of ['tail', 'head'] as const) {
      const answer = ask(one, mapping, events, position);
      if (typeof answer === 'string') return answer;
      if (!expected.some((each) => canonical(each) === canonical(answer.ids)))
        return `from the ${position}: got ${canonical(answer.ids).slice(0, 200)}`;
      const keys = one['expected_join_keys'];
      if (keys !== undefined && canonical(keys) !== canonical(answer.keys.map((key) => key.map(keyText))))
        return `from the ${position}: got keys ${canonical(answer.keys).slice(0, 200)}`;
    }
    return undefined;
  } catch (caught) {
    return caught instanceof KnownError ? `refused: ${caught.message}` : `crash: ${String(caught)}`;
  }
}

/** Vectors write numbers and dates of a key as strings. */
const keyText = (value: Json): Json => (typeof value === 'number' ? String(value) : value);

function ask(one: JsonObject, mapping: Mapping, events: readonly Event[], position: ResultPosition): Answer | string {
  const request = object(one['request']);
  const setting = (name: string): string | undefined => {
    const value = own(request, name);
    return typeof value === 'string' ? value : undefined;
  };
  const [category, time, tie] = ['event_category_field', 'timestamp_field', 'tiebreaker_field'].map(setting);
  const perKey = own(request, 'max_samples_per_key');
  const context: QueryContext = {
    mapping,
    now: 0,
    resultPosition: position,
    ...(category === undefined ? {} : { eventCategoryField: category }),
    ...(time === undefined ? {} : { timestampField: time }),
    ...(tie === undefined ? {} : { tiebreakerField: tie }),
    ...(typeof perKey === 'number' ? { maxSamplesPerKey: perKey } : {}),
  };
  const { runnable, diagnostics } = compileQuery('eql', text(one['query']), context);
  if (runnable === undefined)
    return `refused: ${diagnostics.find((each) => each.severity === 'error')?.message ?? 'without a reason'}`;
  const size = Number(own(request, 'size') ?? 10);
  const idOf = (event: Event | undefined): Json =>
    event === undefined ? -1 : (own(event.source, text(one['id_field'])) ?? null);
  if (runnable.kind === 'event') {
    const hits = oldestFirst(
      events.filter((event) => runnable.test(event)),
      [time ?? '@timestamp', ...(tie === undefined ? [] : [tie])],
    );
    const limit = runnable.limit?.(size) ?? { from: position, count: size, offset: 0 };
    return { ids: limitEvents(hits, limit).map(idOf), keys: [] };
  }
  const groups = runnable.run(events, size);
  return { ids: groups.flatMap((group) => group.events.map(idOf)), keys: groups.map((group) => group.key) };
}

const KEY: Field = { name: 'key', type: 'keyword', typeName: 'keyword' };
const NOWHERE = { start: 0, end: 0 };

/** The matcher alone, over events that are already told which stage they fit. */
export function eqlSeries(one: JsonObject): string | undefined {
  const stages = list(one['stages']).map((stage) => list(stage).map(object));
  const keyed = stages.flat().some((event) => own(event, 'key') !== undefined);
  const term: Term = {
    query: { kind: 'match_all' },
    keys: keyed ? [{ name: 'key', field: KEY, optional: false, span: NOWHERE }] : [],
    missing: false,
    span: NOWHERE,
    filterSpan: NOWHERE,
  };
  const plan: SequencePlan = {
    kind: 'sequence',
    terms: stages.map(() => ({ ...term })),
    stages: stages.map((_, stage) => stage),
    timestamp: { name: '@timestamp', type: 'date', typeName: 'date' },
  };
  const hits = new Map<string, Hit>();
  stages.forEach((events, stage) => {
    for (const event of events) {
      const id = text(event['id']);
      const found = hits.get(id);
      const ordinal = Number(event['at']);
      const hit = { event: { index: '', id, source: event, ordinal }, at: { ms: ordinal, ns: 0 }, tiebreaker: null };
      hits.set(id, { ...hit, terms: [...(found?.terms ?? []), stage] });
    }
  });
  const matcher = new SequenceMatcher(plan);
  for (const hit of [...hits.values()].sort((a, b) => a.at.ms - b.at.ms)) matcher.push(hit);
  const got = matcher.finish().map((match) => match.hits.map((hit) => hit?.event.id ?? null));
  return canonical(got) === canonical(one['expected'] ?? null) ? undefined : `got ${canonical(got)}`;
}
