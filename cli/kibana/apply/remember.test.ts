import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jsonText, own, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { keyOf, ruleKey } from '../plan/references.ts';
import type { ChangedIn } from '../plan/plan.ts';
import { hasRenewals } from '../plan/renewals.ts';
import { readLedger } from '../state/ledger-store.ts';
import { STATE_LIST } from '../state/list.ts';
import { EXISTS, readRecord, type ApplyRecord } from '../state/record.ts';
import { item, list, rule, testSpace, type TestSpace, type Wanted } from './test-space.ts';

let box: TestSpace;
beforeEach(async () => {
  box = await testSpace();
});
afterEach(() => box.server.close());

const ledger = async (): Promise<ReadonlyMap<string, ApplyRecord>> => (await readLedger(box.transport)).records;

const ruleOf = (id: string): JsonObject =>
  [...box.space.rules.values()].find((one) => own(one, 'rule_id') === id) ?? {};

/** What Kibana's rule editor does: sets members, and writes `meta` anew. */
function edit(id: string, members: JsonObject): void {
  const there = ruleOf(id);
  const meta = { from: '1m', kibana_siem_app_url: 'https://kibana.example.org' };
  box.space.rules.set(jsonText(own(there, 'id')), { ...there, ...members, meta, updated_by: 'eve' });
}

const records = (): Map<string, ApplyRecord | undefined> =>
  new Map([...box.space.rules.values()].map((one) => [ruleKey(jsonText(own(one, 'rule_id'))), readRecord(one)]));

const WANTED: Wanted = {
  rules: ['a', 'b', 'c', 'd'].map((id) => rule(id, { enabled: id === 'a' })),
  lists: [list('l')],
  items: [item('i', 'l')],
  values: { hosts: ['x'] },
};

describe('the ledger after an apply', () => {
  it('says of every rule what the rule says, and of everything else that it was applied', async () => {
    await box.apply(WANTED);
    const others = ['valueList single hosts', 'exceptionList single l', 'exceptionItem single i'];
    expect(await ledger()).toEqual(new Map([...others.map((key) => [key, EXISTS] as const), ...records()]));
    await box.apply({ ...WANTED, rules: [rule('a', { enabled: false, severity: 'high' }), rule('b')] });
    expect(await ledger()).toEqual(new Map([...others.map((key) => [key, EXISTS] as const), ...records()]));
    expect(box.plan({ ...WANTED, rules: [rule('a', { enabled: false, severity: 'high' }), rule('b')] }).entries).toEqual([]);
  }); // prettier-ignore

  it('is renewed of rules that it lacks, and of no rule that says nothing', async () => {
    await box.apply(WANTED);
    for (const [id, one] of box.space.items) if (own(one, 'list_id') === STATE_LIST) box.space.items.delete(id);
    edit('b', { severity: 'high' });
    const applied = await box.apply({ ...box.plan(WANTED), entries: [] }, { renewals: box.renewals(WANTED) });
    expect(applied).toEqual({ outcomes: [], interrupted: false, renewed: 6 });
    const others = ['exceptionItem single i', 'exceptionList single l'];
    expect([...(await ledger()).keys()].sort()).toEqual([...others, ...['a', 'c', 'd'].map(ruleKey), 'valueList single hosts']); // prettier-ignore
    expect(hasRenewals(box.renewals(WANTED))).toBe(false);
  });

  it('says after an interruption what was done, and of the rest what was applied before', async () => {
    await box.apply(WANTED);
    const before = await ledger();
    let stop = false;
    box.fault = (request) => {
      if (request.method === 'PUT' && request.url?.endsWith('/rules') === true) stop = true;
      return false;
    };
    const next = { ...WANTED, rules: ['a', 'b', 'c', 'd'].map((id) => rule(id, { enabled: true, severity: 'high' })) };
    const { outcomes } = await box.apply(next, { stopped: () => stop });
    expect(new Set(outcomes.map((one) => one.result))).toEqual(new Set(['done', 'notDone']));
    box.fault = undefined;
    expect(new Map([...(await ledger())].filter(([key]) => key.startsWith('rule ')))).toEqual(records());
    const untouched = outcomes.filter((one) => one.result === 'notDone' && one.waitsForEnabling !== true);
    expect(untouched.map(({ entry }) => [keyOf(entry), records().get(keyOf(entry))])).toEqual(
      untouched.map(({ entry }) => [keyOf(entry), before.get(keyOf(entry))]),
    );
  });

  it('is not needed for publishing where a key may write no lists, and is not made untrue there', async () => {
    const rules = [rule('a')];
    const withoutLock = { selection: { prune: true, pruneLimit: 9, overwriteConflicts: false } };
    box.server.world.circumstances.missing.add('exceptions-all');
    const { lock: _, ...options } = { lock: undefined, ...withoutLock };
    const plain = async (wanted: Wanted) => {
      const { apply } = await import('./apply.ts');
      return await apply(box.plan(wanted), { transport: box.transport, ...options });
    };
    expect(await plain({ rules })).toMatchObject({ outcomes: [{ result: 'done' }] });
    expect(await ledger()).toEqual(new Map());
    box.server.world.circumstances.missing.clear();
    await box.apply({ rules: [rule('a', { severity: 'high' })] });
    box.server.world.circumstances.missing.add('exceptions-all');
    // The ledger says of `a` what would be untrue after this; it cannot be taken back, so that nothing is written.
    await expect(plain({ rules })).rejects.toMatchObject({ status: 403, help: expect.stringContaining('dac-state') as string }); // prettier-ignore
    expect(own(ruleOf('a'), 'severity')).toBe('high');
  });
});

describe('a rule that has lost its record', () => {
  const MEMBERS = ['severity', 'risk_score', 'note', 'query', 'max_signals'] as const;
  const VALUES: Readonly<Record<(typeof MEMBERS)[number], readonly Json[]>> = {
    severity: ['low', 'medium', 'high'],
    risk_score: [1, 2, 3],
    note: ['', 'x', 'y'],
    query: ['a: b', 'a: c', 'a: d'],
    max_signals: [100, 7, 8],
  };

  it('is known by the ledger: each member is told by whom it was changed', async () => {
    // Numbers in an order that is the same at every run (MINSTD).
    let seed = 7;
    const pick = (limit: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % limit;
    };
    const wanted = (values: JsonObject): Wanted => ({
      rules: [rule('a', Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')))],
    });
    for (let round = 0; round < 150; round++) {
      const draw = (): JsonObject => Object.fromEntries(MEMBERS.map((name) => [name, VALUES[name][pick(3)] ?? null]));
      const [applied, repository, space] = [draw(), draw(), draw()];
      await box.apply(wanted(applied), { selection: { prune: true, pruneLimit: 9, overwriteConflicts: true } });
      expect(box.plan(wanted(applied)).entries).toEqual([]);
      edit('a', space);
      const expected = MEMBERS.toSorted().flatMap((name): [string, ChangedIn][] => {
        const [was, ours, theirs] = [applied[name], repository[name], space[name]];
        if (ours === theirs) return [];
        return [[name, theirs === was ? 'repository' : ours === was ? 'space' : 'both']];
      });
      const [entry] = box.plan(wanted(repository)).entries;
      const found = (entry?.fields ?? []).map((one): [string, ChangedIn] => [one.field, one.changedIn]);
      expect({ round, found }).toEqual({ round, found: expected });
      expect(entry?.action === 'conflict').toBe(expected.some(([, who]) => who !== 'repository'));
      for (const one of entry?.fields ?? [])
        if (one.changedIn !== 'both') expect(one.last).toBe(applied[one.field] === '' ? null : applied[one.field]);
    }
  }, 60_000);

  it('is no change if nothing else is another', async () => {
    await box.apply(WANTED);
    edit('a', {});
    expect(box.plan(WANTED).entries).toEqual([]);
  });

  it('is measured from then on against what both sides have come to have', async () => {
    await box.apply(WANTED);
    edit('b', { severity: 'high' });
    const pulled = { ...WANTED, rules: [rule('b', { severity: 'high' }), ...(WANTED.rules ?? []).filter((one) => own(one, 'rule_id') !== 'b')] }; // prettier-ignore
    expect(box.plan(pulled).entries).toEqual([]);
    expect(box.renewals(pulled).ruleIds).toEqual(['b']);
    box.requests.length = 0;
    await box.apply(pulled, { renewals: box.renewals(pulled) });
    expect(box.requests.filter((one) => one.startsWith('PUT') && !one.includes('exception_lists'))).toEqual([]);
    // Back to what was applied at first: if the ledger still said that, it would pass for a change of the repository.
    edit('b', { severity: 'low' });
    expect(box.plan(pulled).entries).toMatchObject([
      { id: 'b', action: 'conflict', fields: [{ field: 'severity', changedIn: 'space', last: 'high' }] },
    ]);
  });

  it('that is deleted in Kibana is told from one that was never applied, and one without our mark from a foreign one', async () => {
    await box.apply(WANTED);
    for (const id of ['c', 'd']) edit(id, { tags: id === 'd' ? ['x'] : [] });
    box.space.rules.delete(jsonText(own(ruleOf('c'), 'id')));
    const [listed] = [...box.space.items].filter(([, one]) => own(one, 'item_id') === 'i');
    box.space.items.delete(listed?.[0] ?? '');
    const plan = box.plan({ ...WANTED, rules: [...(WANTED.rules ?? []), rule('new')] });
    expect(plan.entries.map(({ id, action, gone, released }) => [id, action, gone, released])).toEqual([
      ['i', 'create', true, undefined],
      ['c', 'create', true, undefined],
      ['new', 'create', undefined, undefined],
      ['d', 'foreign', undefined, true],
    ]);
  });

  it.each<[string, () => void]>([
    ['is deleted', (): void => box.space.items.clear()],
    ['is deleted with its list', (): void => void (box.space.items.clear(), box.space.lists.clear())],
    ['cannot be read', (): void => { for (const [id, one] of box.space.items) box.space.items.set(id, { ...one, tags: ['dac-ledger: {"form":1,"of":{"rule single a":[]}}'] }); }],
  ])('is not known by a ledger that %s: every difference is a conflict, and nothing fails', async (_, spoil) => {
    const rules = [rule('a')];
    await box.apply({ rules });
    spoil();
    expect(box.plan({ rules }).entries).toEqual([]);
    edit('a', { severity: 'high' });
    expect(box.plan({ rules }).entries).toMatchObject([
      { action: 'conflict', fields: [{ field: 'severity', changedIn: 'unknown' }] },
    ]);
    await box.apply({ rules }, { selection: { prune: true, pruneLimit: 9, overwriteConflicts: true } });
    expect(box.plan({ rules }).entries).toEqual([]);
    edit('a', { severity: 'high' });
    expect(box.plan({ rules }).entries).toMatchObject([{ fields: [{ changedIn: 'space' }] }]);
  }); // prettier-ignore

  it('is not ours because a ledger says so', async () => {
    await box.apply({ rules: [rule('a')] });
    edit('a', { severity: 'high', tags: [] });
    const applied = await box.apply({ rules: [] });
    expect([applied.outcomes, own(ruleOf('a'), 'severity')]).toEqual([[], 'high']);
  });
});

describe('a run that is killed at any request', () => {
  /** What one side may say; with these it is seen whether an edit back to a former value is lost. */
  const SIDES = ['low', 'medium', 'high', 'critical'];
  const before: Wanted = { rules: [rule('a', { severity: 'low', enabled: true }), rule('b', { severity: 'low' })] };
  const after: Wanted = { rules: [rule('a', { severity: 'high', enabled: false }), rule('b', { severity: 'high' })] };

  it('leaves no edit in the rule editor to be written over, whatever it sets and whatever the repository wants', async () => {
    await box.apply(before);
    box.requests.length = 0;
    await box.apply(after);
    const requests = box.requests.length;
    expect(requests).toBeGreaterThan(10);
    const lost: unknown[] = [];
    for (let at = 1; at <= requests; at++)
      for (const when of ['before', 'after'] as const) {
        await box.server.close();
        box = await testSpace({ concurrency: 1, attempts: 1 });
        await box.apply(before);
        let count = 0;
        box.fault = (request, response) => {
          count++;
          if (count > at || (count === at && when === 'before')) {
            request.socket.destroy();
            return true;
          }
          if (count === at) response.end = () => response.destroy();
          return false;
        };
        await box.apply(after).catch((error: unknown) => {
          if (!(error instanceof KnownError)) throw error;
        });
        box.fault = undefined;
        const left = { a: ruleOf('a'), b: ruleOf('b') };
        for (const id of ['a', 'b'] as const)
          for (const edited of SIDES)
            for (const desired of SIDES) {
              box.space.rules.set(jsonText(own(left[id], 'id')), left[id]);
              if (own(left[id], 'severity') === edited) continue;
              edit(id, { severity: edited });
              const plan = box.plan({ rules: ['a', 'b'].map((one) => rule(one, { severity: desired })) });
              const entry = plan.entries.find((one) => one.id === id);
              const differs = entry?.fields.some((one) => one.field === 'severity') === true;
              if (differs && entry.action !== 'conflict') lost.push({ at, when, id, edited, desired });
            }
      }
    expect(lost).toEqual([]);
  }, 120_000);

  it('loses nothing that belongs to the space of a rule whose type changes', async () => {
    const was: Wanted = { rules: [rule('a')] };
    const wanted: Wanted = { rules: [rule('a', { type: 'eql', language: 'eql', query: 'any where true' })] };
    /** A rule that people have switched on and given exceptions in Kibana. */
    const begin = async (): Promise<void> => {
      await box.apply(was);
      const lists = [{ id: 'x', list_id: 'of-analysts', type: 'detection', namespace_type: 'single' }];
      for (const [id, one] of box.space.lists)
        if (own(one, 'list_id') === 'dac-state')
          box.space.lists.set('x', { ...one, id: 'x', list_id: 'of-analysts', description: id });
      const there = ruleOf('a');
      box.space.rules.set(jsonText(own(there, 'id')), { ...there, enabled: true, exceptions_list: lists });
    };
    await begin();
    box.requests.length = 0;
    expect((await box.apply(wanted)).outcomes.map(({ result }) => result)).toEqual(['done']);
    const requests = box.requests.length;
    expect(box.requests).toContain('DELETE /api/detection_engine/rules');
    for (let at = 1; at <= requests; at++)
      for (const when of ['before', 'after'] as const) {
        await box.server.close();
        box = await testSpace({ concurrency: 1, attempts: 1 });
        await begin();
        let count = 0;
        box.fault = (request, response) => {
          count++;
          if (count > at || (count === at && when === 'before')) {
            request.socket.destroy();
            return true;
          }
          if (count === at) response.end = () => response.destroy();
          return false;
        };
        await box.apply(wanted).catch((error: unknown) => {
          if (!(error instanceof KnownError)) throw error;
        });
        box.fault = undefined;
        const { outcomes } = await box.apply(wanted);
        const { type, enabled, exceptions_list: lists } = ruleOf('a');
        expect({
          at,
          when,
          type,
          enabled,
          lists,
          outcomes: outcomes.filter(({ result }) => result !== 'done'),
        }).toEqual({
          at,
          when,
          type: 'eql',
          enabled: true,
          lists: [{ id: 'x', list_id: 'of-analysts', type: 'detection', namespace_type: 'single' }],
          outcomes: [],
        });
      }
  }, 60_000);
});
