import { afterEach, beforeEach, expect, it } from 'vitest';
import { dryRun } from './dry-run.ts';
import { contentOf, rule, testSpace, type TestSpace } from './test-space.ts';

let box: TestSpace;
beforeEach(async () => {
  box = await testSpace();
});
afterEach(() => box.server.close());

const selection = { prune: true, pruneLimit: 5, overwriteConflicts: false };
const BEFORE = { rules: [rule('gone'), rule('on', { enabled: false }), rule('off', { enabled: true }), rule('same')] };
const AFTER = {
  rules: [rule('on', { enabled: true }), rule('off', { enabled: false }), rule('same'), rule('new', { enabled: true })],
};

it('writes nothing, and asks Kibana where Kibana can be asked', async () => {
  await box.apply(BEFORE);
  const plan = box.plan(AFTER);
  const before = contentOf(box.space);
  box.requests.length = 0;
  const outcomes = await dryRun(plan, { transport: box.transport, selection });
  expect(
    outcomes.map(({ entry, result, tried }) => `${entry.action} ${entry.id}: ${result}, ${tried ?? 'not'} tried`),
  ).toEqual([
    'create new: notDone, not tried',
    'change off: notDone, disable tried',
    'change on: notDone, enable tried',
    'delete gone: notDone, delete tried',
  ]);
  expect(box.requests).toEqual([
    'POST /api/detection_engine/rules/_export',
    'POST /api/detection_engine/rules/_bulk_action',
    'POST /api/detection_engine/rules/_bulk_action',
    'POST /api/detection_engine/rules/_bulk_action',
  ]);
  expect(contentOf(box.space)).toEqual(before);
});

it('tells what Kibana would refuse', async () => {
  await box.apply(BEFORE);
  box.server.world.circumstances.missing.add('rules-enable');
  const outcomes = await dryRun(box.plan(AFTER), { transport: box.transport, selection });
  expect(outcomes.filter(({ result }) => result === 'failed').map(({ entry, message }) => [entry.id, message])).toEqual(
    [
      ['off', expect.stringMatching(/^Kibana would refuse to disable it: .*permission/)],
      ['on', expect.stringMatching(/^Kibana would refuse to enable it: .*permission/)],
    ],
  );
});

it('refuses what apply would refuse', async () => {
  await box.apply(BEFORE);
  const plan = box.plan(AFTER);
  await expect(dryRun(plan, { transport: box.transport, selection: { ...selection, pruneLimit: 0 } })).rejects.toThrow(
    'the plan deletes 1, and no more than 0 may be deleted at once',
  );
  for (const [id, one] of box.space.rules) box.space.rules.set(id, { ...one, severity: 'high' });
  await expect(dryRun(plan, { transport: box.transport, selection })).rejects.toThrow('has changed since');
});
