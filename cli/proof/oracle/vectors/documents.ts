import { elements, own } from '../../../text/json.ts';
import { docValuesOf, shownDocValues } from '../../doc-values.ts';
import { compileReader } from '../../../fields/values/indexed.ts';
import { isRefused } from '../answer.ts';
import type { AskedServer } from '../cluster.ts';
import { compareTaken, takenSide } from '../compare.ts';
import { REFUSED, TAKEN, type Difference } from '../difference.ts';
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
  const dates = field.type === 'date' || field.type === 'date_nanos';
  const asked = { field: docValues.field, ...(dates ? { format: 'epoch_millis' } : {}) };
  const answer = await cluster.docValues(name, [asked]);
  const [differs, readField] = [differ(index), compileReader(field)];
  return [...docValues.expected].flatMap(([id, given]) => {
    const source = ours.source(id);
    const hit = isRefused(answer) ? undefined : answer.get(id);
    // A document that one side refuses is a difference of its own.
    if (source === undefined || hit === undefined) return [];
    const server = shownDocValues(elements(own(hit, docValues.field)));
    const ourValues = shownDocValues(docValuesOf(field, readField(source)));
    const expected = shownDocValues(given);
    if (server !== ourValues) return [differs({ kind: 'doc values', id, server, ours: ourValues, expected })];
    return server === expected ? [] : [differs({ kind: 'vector', id, server, ours: ourValues, expected })];
  });
}
