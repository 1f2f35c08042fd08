import type { Field } from '../../../fields/mapping.ts';
import { isNumeric } from '../../../fields/numbers.ts';
import { elements, NumberToken, own, type Json } from '../../../text/json.ts';
import { docValuesOf, shownDocValues } from '../../doc-values.ts';
import { compileReader } from '../../../fields/values/indexed.ts';
import { isRefused } from '../answer.ts';
import type { AskedServer } from '../cluster.ts';
import { compareTaken, takenSide } from '../compare.ts';
import { REFUSED, TAKEN, type Difference, type Side } from '../difference.ts';
import type { OurIndex } from '../ours.ts';
import type { VectorIndex } from './case.ts';
import { differ } from './differ.ts';

/** Indexes the documents on both sides, and compares which of them are taken, and what their fields hold then. */
export async function compareDocuments(
  cluster: AskedServer,
  name: string,
  index: VectorIndex,
  ours: OurIndex,
): Promise<readonly Difference[]> {
  const differs = differ(index);
  const theirs = await cluster.index(name, index.documents);
  const own = ours.index(index.documents);
  const differences = index.documents.flatMap(({ id }) => {
    const [server, our] = [theirs.get(id), own.get(id)];
    const expected = index.refused.has(id) ? REFUSED : TAKEN;
    const found = compareTaken('document', server, our);
    if (found !== undefined) return [differs({ ...found, id, expected })];
    if ((expected === TAKEN) === (server === undefined)) return [];
    return [differs({ kind: 'vector', id, server: takenSide(server), ours: takenSide(our), expected })];
  });
  return [...differences, ...(await compareDocValues(cluster, name, index, ours))];
}

/** Compares the doc values of the field that the vectors give. */
async function compareDocValues(
  cluster: AskedServer,
  name: string,
  index: VectorIndex,
  ours: OurIndex,
): Promise<readonly Difference[]> {
  const { docValues } = index;
  const field = docValues === undefined ? undefined : ours.mapping.field(docValues.field);
  if (docValues === undefined || field === undefined) return [];
  const server = await serverValues(cluster, name, field, [...docValues.expected.keys()]);
  const [differs, readField] = [differ(index), compileReader(field)];
  return [...docValues.expected].flatMap(([id, given]) => {
    const [source, there] = [ours.source(id), server.get(id)];
    // A document that one side refuses is a difference of its own.
    if (source === undefined || there === undefined) return [];
    const here = shownDocValues(docValuesOf(field, readField(source)));
    const expected = shownDocValues(given);
    if (there === expected && here === expected) return [];
    return [differs({ kind: there === here ? 'vector' : 'doc values', id, server: there, ours: here, expected })];
  });
}

/** What the server shows for documents; where one of them fails the search for all, they are asked for one by one. */
async function serverValues(
  cluster: AskedServer,
  name: string,
  field: Field,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Side>> {
  const dates = field.type === 'date' || field.type === 'date_nanos';
  const asked = { field: field.name, ...(dates ? { format: 'epoch_millis' } : {}) };
  const answer = await cluster.docValues(name, [asked], ids);
  const [first] = ids;
  if (!isRefused(answer))
    return new Map([...answer].map(([id, hit]) => [id, shownDocValues(valuesOf(field, own(hit, field.name)))]));
  if (first === undefined || ids.length === 1) return new Map(first === undefined ? [] : [[first, answer]]);
  const each: [string, Side][] = [];
  for (const id of ids) each.push(...(await serverValues(cluster, name, field, [id])));
  return new Map(each);
}

/** Long numbers come as their digits. */
const valuesOf = ({ type }: Field, values: Json | undefined): readonly Json[] =>
  elements(values).map((value) =>
    isNumeric(type) && typeof value === 'string' && /^-?\d+$/.test(value) ? new NumberToken(value) : value,
  );
