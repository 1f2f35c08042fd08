import { describe, expect, it } from 'vitest';
import type { Event } from '../fields/event.ts';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import type { JsonObject } from '../text/json.ts';
import { BulkRun } from './bulk-run.ts';
import { prepareGrowing } from './prepare-growing.ts';
import { TEST_MAPPING, testRule } from './test-rule.ts';

const TRAIL = 'logs-aws.cloudtrail-default';
let ordinal = 0;
const event = (source: JsonObject, index = TRAIL): Event => ({ index, id: `e${ordinal}`, source, ordinal: ordinal++ });

/** What a rule raises over batches of documents: the places of the events in the order given, or why it fails. */
function found(lines: string, ...batches: readonly (readonly Event[])[]): unknown {
  const file = testRule(lines);
  if (file.rule === undefined) throw new Error('no rule');
  const { prepared, problems } = prepareGrowing({ file, rule: file.rule, mapping: mappingForRule(file.rule), now: 0, allAlerts: true }); // prettier-ignore
  if (prepared === undefined) return problems.map(({ id }) => id);
  const bulk = new BulkRun([prepared]);
  for (const batch of batches) bulk.add(batch);
  const [result] = bulk.finish();
  const places = new Map(batches.flat().map((one, place) => [one.id, place]));
  return (
    result?.error?.message ?? result?.alerts.flatMap(({ events }) => events.map(({ _id }) => places.get(_id) ?? -1))
  );
}

const kql = (query: string): string => `index = ["logs-aws.cloudtrail-*"]\nquery = '${query}'`;
const eql = (query: string): string =>
  `index = ["logs-aws.cloudtrail-*"]\ntype = "eql"\nlanguage = "eql"\nquery = '${query}'`;

describe('a rule over events whose fields nobody knows yet', () => {
  it('reads a field from the first event on that brings it, as its kind', () => {
    const count = (value: number | string): Event => event({ acme: { count: value } });
    expect([
      found(kql('acme.count >= 10'), [event({}), count(9)], [count(10), count(100)]),
      found(eql('any where acme.count >= 10'), [event({})], [count(9)], [count(10), count(100)]),
      found(kql('not acme.count >= 10'), [event({}), count(9)], [count(10)]),
    ]).toEqual([[2, 3], [2, 3], [0, 1]]); // prettier-ignore
  });

  it('finds by a pattern of names what comes later', () => {
    const label = (labels: JsonObject): Event => event({ labels });
    expect(found(kql('labels.*: web'), [label({ a: 'db' })], [label({ b: 'web' }), label({ a: 'web' })])).toEqual([
      1, 2,
    ]);
  });

  it('gives what it found before the field came, and fails where it never comes', () => {
    const query = 'any where acme.user == "root" or process.name == "sh"';
    const sh = (): Event => event({ process: { name: 'sh' } });
    expect([
      found(eql(query), [sh()], [event({ acme: { user: 'root' } })]),
      found(eql(query), [sh()]),
      found(eql(query), []),
    ]).toEqual([[0, 1], "acme.user is in none of the rule's indices", "acme.user is in none of the rule's indices"]);
  });

  it('takes no field from an index that it does not search, or that maps nothing by itself', () => {
    const brings = { acme: { user: 'root' }, process: { name: 'sh' } };
    const query = 'any where acme.user == "root"';
    expect([
      found(eql(query), [event(brings, 'logs-other-default')]),
      found(
        `index = ["logs-endpoint.events.*"]\ntype = "eql"\nlanguage = "eql"\nquery = '${query}'`,
        [event(brings, 'logs-endpoint.events.process-default')],
      ),
    ]).toEqual(["acme.user is in none of the rule's indices", "acme.user is in none of the rule's indices"]); // prettier-ignore
  });

  it('cannot run what no event mends', () => {
    expect(found(eql('any where acme.user == "x" and process.parent == "y"'), [event({})])).toEqual([
      'query/unknown-field',
      'query/field-not-usable',
    ]);
  });

  it('is prepared once where all its fields are in the tables, or the mapping is known whole', () => {
    const file = testRule(kql('event.action: x and process.name: (a or b)'));
    if (file.rule === undefined) throw new Error('no rule');
    const input = { file, rule: file.rule, now: 0 };
    const observed = [mappingForRule(file.rule), TEST_MAPPING].map((mapping) =>
      Object.keys(prepareGrowing({ ...input, mapping }).prepared ?? {}).includes('observe'),
    );
    expect(observed).toEqual([false, false]);
  });
});
