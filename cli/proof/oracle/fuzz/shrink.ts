import { isJsonObject, type Json, type JsonObject } from '../../../text/json.ts';
import { crashed, isOpen, sameAnswer, type Answer, type Judge, type JudgedIndex } from './judge.ts';
import { CLAUSES } from './clauses.ts';
import { spelledJson } from '../../../text/spelled-json.ts';
import { reductions, sizeOf } from './reduce.ts';

/** A mapping, a document and a query on which two judges differ. Without a query: on whether the document is taken. */
export interface Case {
  readonly mapping: JsonObject;
  readonly settings: JsonObject;
  readonly document: Json;
  readonly query: JsonObject | undefined;
}

/** Both verdicts on a case. */
export interface Verdicts {
  readonly server: Answer;
  readonly ours: Answer;
}

/** How a difference looks from outside; a smaller case has to look the same. */
export const outcome = ({ server, ours }: Verdicts): string => `server ${word(server)}, ours ${word(ours)}`;

/** What an answer is, in a word or two. */
export const word = (answer: Answer): string =>
  crashed(answer) ? 'crashes' : 'fails' in answer ? 'fails' : answer.found.length > 0 ? 'finds it' : 'finds nothing';

/** Rounds of each kind of step, and steps that are asked for at once. */
const ROUNDS = 20;
const AT_ONCE = 400;

export interface Judges {
  readonly server: Judge;
  readonly ours: Judge;
}

interface Pair {
  readonly server: JudgedIndex;
  readonly ours: JudgedIndex;
}

async function withIndex<T>(
  judges: Judges,
  { mapping, settings }: Pick<Case, 'mapping' | 'settings'>,
  use: (pair: Pair) => Promise<T>,
): Promise<T | undefined> {
  const server = await judges.server.open(mapping, settings);
  const ours = await judges.ours.open(mapping, settings);
  try {
    return isOpen(server) && isOpen(ours) ? await use({ server, ours }) : undefined;
  } finally {
    if (isOpen(server)) await server.close();
    if (isOpen(ours)) await ours.close();
  }
}

/** Asks both about one case. Undefined: the mapping is refused, or one of them refuses a document that is searched. */
export async function verdictsOn(judges: Judges, one: Case): Promise<Verdicts | undefined> {
  return withIndex(judges, one, async ({ server, ours }) => {
    const text = [spelledJson(one.document)];
    const [[refusedThere], [refusedHere]] = [await server.add(text), await ours.add(text)];
    if (one.query === undefined) return { server: taken(refusedThere), ours: taken(refusedHere) };
    if (refusedThere !== undefined || refusedHere !== undefined) return undefined;
    const query = [spelledJson(one.query)];
    const [[there], [here]] = [await server.search(query), await ours.search(query)];
    return there === undefined || here === undefined ? undefined : { server: there, ours: here };
  });
}

const taken = (refusal: string | undefined): Answer => (refusal === undefined ? { found: [] } : { fails: refusal });

/** The smallest case that steps from this one lead to and that differs in the same way. */
export async function shrink(judges: Judges, from: Case, wanted: string): Promise<Case> {
  let smallest = from;
  for (let round = 0; round < 2; round++) {
    const before = sizeOf(smallest.mapping) + sizeOf(smallest.document) + sizeOf(smallest.query ?? null);
    smallest = await shrinkQuery(judges, smallest, wanted);
    smallest = await shrinkDocument(judges, smallest, wanted);
    smallest = await shrinkMapping(judges, smallest, wanted);
    if (sizeOf(smallest.mapping) + sizeOf(smallest.document) + sizeOf(smallest.query ?? null) >= before) break;
  }
  return smallest;
}

async function shrinkQuery(judges: Judges, start: Case, wanted: string): Promise<Case> {
  if (start.query === undefined) return start;
  const found = await withIndex(judges, start, async ({ server, ours }) => {
    const text = [spelledJson(start.document)];
    if ((await server.add(text))[0] !== undefined || (await ours.add(text))[0] !== undefined) return undefined;
    let query: JsonObject | undefined = start.query;
    for (let round = 0; round < ROUNDS && query !== undefined; round++) {
      const steps: JsonObject[] = [...clausesIn(query), ...reductions(query)].filter(isJsonObject).slice(0, AT_ONCE);
      const texts = steps.map(spelledJson);
      const [there, here] = [await server.search(texts), await ours.search(texts)];
      const next = steps.find((_, at) => differs(there[at], here[at], wanted));
      if (next === undefined) break;
      query = next;
    }
    return query;
  });
  return found === undefined ? start : { ...start, query: found };
}

/** The clauses inside a query, those deepest down first. */
function clausesIn(query: Json): JsonObject[] {
  if (Array.isArray(query)) return (query as readonly Json[]).flatMap(clausesIn);
  if (!isJsonObject(query)) return [];
  return Object.entries(query).flatMap(([key, inner]) => [
    ...clausesIn(inner),
    ...(CLAUSES.has(key) ? [{ [key]: inner }] : []),
  ]);
}

async function shrinkDocument(judges: Judges, start: Case, wanted: string): Promise<Case> {
  let smallest = start;
  const named = spelledJson(start.query ?? null);
  if (start.query !== undefined && isJsonObject(start.document)) {
    const kept = Object.entries(start.document).filter(([key]) => named.includes(key.replace(/\..*/, '')));
    const next = { ...start, document: Object.fromEntries(kept) };
    const verdicts = await verdictsOn(judges, next);
    if (verdicts !== undefined && differs(verdicts.server, verdicts.ours, wanted)) smallest = next;
  }
  for (let round = 0; round < ROUNDS; round++) {
    const steps = reductions(smallest.document).filter(isJsonObject).slice(0, AT_ONCE);
    if (steps.length === 0) break;
    const next = await withIndex(judges, smallest, async ({ server, ours }) => {
      const texts = steps.map(spelledJson);
      const [refusedThere, refusedHere] = [await server.add(texts), await ours.add(texts)];
      const { query } = smallest;
      if (query === undefined)
        return steps.find((_, at) => differs(taken(refusedThere[at]), taken(refusedHere[at]), wanted));
      const text = [spelledJson(query)];
      const [[there], [here]] = [await server.search(text), await ours.search(text)];
      return steps.find(
        (_, at) =>
          refusedThere[at] === undefined &&
          refusedHere[at] === undefined &&
          differs(only(there, at), only(here, at), wanted),
      );
    });
    if (next === undefined) break;
    smallest = { ...smallest, document: next };
  }
  return smallest;
}

/** The answer about one document of several. */
const only = (answer: Answer | undefined, at: number): Answer | undefined =>
  answer === undefined || 'fails' in answer ? answer : { found: answer.found.filter((id) => id === at) };

const differs = (server: Answer | undefined, ours: Answer | undefined, wanted: string): boolean =>
  server !== undefined && ours !== undefined && !sameAnswer(server, ours) && outcome({ server, ours }) === wanted;

/** An index for each step, so few of them: the fields that are named, no settings, then parameter by parameter. */
async function shrinkMapping(judges: Judges, start: Case, wanted: string): Promise<Case> {
  let smallest = start;
  const attempt = async (mapping: JsonObject, settings = smallest.settings): Promise<void> => {
    const next = { ...smallest, mapping, settings };
    const verdicts = await verdictsOn(judges, next);
    if (verdicts !== undefined && differs(verdicts.server, verdicts.ours, wanted)) smallest = next;
  };
  const named = spelledJson(smallest.query ?? null) + spelledJson(smallest.document);
  const properties = smallest.mapping['properties'];
  const kept = Object.fromEntries(
    Object.entries(isJsonObject(properties) ? properties : {}).filter(([key]) => named.includes(key)),
  );
  // Never without "dynamic": a server would map the fields of the document then
  await attempt({ dynamic: false, properties: kept }, {});
  await attempt(smallest.mapping, {});
  for (const path of parametersOf(smallest.mapping)) await attempt(without(smallest.mapping, path));
  return smallest;
}

/** Paths of the parameters of fields, and of the fields of objects, in a mapping. */
function parametersOf(mapping: Json, path: readonly string[] = []): (readonly string[])[] {
  if (!isJsonObject(mapping)) return [];
  return Object.entries(mapping).flatMap(([key, inner]) => {
    const here = [...path, key];
    const removable = key !== 'type' && key !== 'properties' && key !== 'dynamic';
    return [
      ...(removable ? [here] : []),
      ...(key === 'fields' || isJsonObject(inner) ? parametersOf(inner, here) : []),
    ];
  });
}

function without(value: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  const inner = value[key];
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
  return isJsonObject(inner) ? { ...value, [key]: without(inner, rest) } : value;
}
