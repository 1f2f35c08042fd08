import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jsonText, own, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import type { Plan } from '../plan/plan.ts';
import { installRule } from '../standin/index.ts';
import { descriptionOf, FREE, stateList } from '../state/list.ts';
import type { Applied } from './apply.ts';
import { contentOf, item, link, list, rule, testSpace, type TestSpace, type Wanted } from './test-space.ts';

let box: TestSpace;
beforeEach(async () => {
  box = await testSpace();
});
afterEach(() => box.server.close());

/** Everything that an apply does: makes, changes, deletes, switches on and off, links. */
const BEFORE: Wanted = {
  rules: [
    rule('stays', { enabled: true, exceptions_list: [link('shared')] }),
    rule('goes', { exceptions_list: [link('old')] }),
    rule('off', { enabled: true }),
    rule('on', { enabled: false }),
  ],
  lists: [list('shared'), list('old')],
  items: [item('kept', 'shared'), item('dropped', 'shared')],
  values: { hosts: ['a', 'b'] },
};
const AFTER: Wanted = {
  rules: [
    rule('stays', { enabled: true, query: 'a: c', exceptions_list: [link('shared'), link('new')] }),
    rule('off', { enabled: false, query: 'a: d' }),
    rule('on', { enabled: true, exceptions_list: [link('new')] }),
    rule('made', { enabled: true, exceptions_list: [link('new')] }),
    rule('quiet', { enabled: false }),
  ],
  lists: [list('shared', { description: 'changed' }), list('new')],
  items: [
    item('kept', 'shared', { name: 'changed' }),
    item('added', 'new', {
      entries: [{ field: 'host.name', operator: 'included', type: 'list', list: { id: 'hosts', type: 'keyword' } }],
    }),
  ],
  values: { hosts: ['b', 'c'] },
};

const told = ({ outcomes }: Applied): string[] =>
  outcomes.map(({ entry, result, message }) => `${entry.id}: ${result}${message === undefined ? '' : `, ${message}`}`);

const refusal = async (promise: Promise<unknown>): Promise<KnownError> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof KnownError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

const ruleOf = (id: string): JsonObject | undefined =>
  [...box.space.rules.values()].find((one) => own(one, 'rule_id') === id);

function editInKibana(id: string, more: JsonObject): void {
  const there = ruleOf(id) ?? {};
  box.space.rules.set(jsonText(own(there, 'id')), {
    ...there,
    ...more,
    updated_by: 'eve',
    updated_at: '2026-02-03T00:00:00.000Z',
  });
}

describe('apply', () => {
  it('brings an empty space to what is wanted, and then finds nothing to do', async () => {
    const first = await box.apply(BEFORE);
    expect(first.outcomes.every(({ result }) => result === 'done')).toBe(true);
    expect(box.plan(BEFORE).entries).toEqual([]);
    box.requests.length = 0;
    expect(await box.apply(BEFORE)).toEqual({ outcomes: [], interrupted: false });
    expect(box.requests).toEqual([]);
  });

  it('changes, makes, switches and deletes in an order in which no rule is on without its exceptions', async () => {
    await box.apply(BEFORE);
    const orders: string[] = [];
    // What would happen if every rule ran after every single request: one that is on has all its lists, with their items.
    box.fault = (request, response) => {
      const end = response.end.bind(response);
      response.end = ((...rest: Parameters<typeof response.end>) => {
        for (const one of box.space.rules.values())
          if (own(one, 'enabled') === true)
            for (const wanted of AFTER.rules ?? [])
              if (own(wanted, 'rule_id') === own(one, 'rule_id') && own(wanted, 'query') === own(one, 'query')) {
                const links = JSON.stringify(own(one, 'exceptions_list'));
                const hasAll =
                  !JSON.stringify(own(wanted, 'exceptions_list') ?? []).includes('"new"') || links.includes('"new"');
                const items = [...box.space.items.values()].map((each) => own(each, 'item_id'));
                if (!hasAll || (links.includes('"new"') && !items.includes('added')))
                  orders.push(`${jsonText(own(one, 'rule_id'))} after ${request.method ?? ''} ${request.url ?? ''}`);
              }
        return end(...rest);
      }) as typeof response.end;
      return false;
    };
    const applied = await box.apply(AFTER);
    expect(orders).toEqual([]);
    expect(told(applied).filter((one) => !one.endsWith(': done'))).toEqual([]);
    expect(box.plan(AFTER).entries).toEqual([]);
    const fresh = await testSpace();
    await fresh.apply(AFTER);
    expect(contentOf(box.space)).toEqual(contentOf(fresh.space));
    await fresh.server.close();
  });

  it('makes a rule disabled, and enables it after the last write of any rule', async () => {
    await box.apply({ rules: [rule('a', { enabled: true }), rule('b', { enabled: true })] });
    const writes = box.requests.filter((one) => /^(POST|PUT) \/api\/detection_engine\/rules$/.test(one));
    expect(writes.map((one) => one.split(' ')[0])).toEqual(['POST', 'POST', 'PUT', 'PUT']);
    expect([...box.space.rules.values()].map((one) => own(one, 'enabled'))).toEqual([true, true]);
  });

  it('takes values out of a list after the rules, and puts them in before', async () => {
    await box.apply(BEFORE);
    box.requests.length = 0;
    await box.apply(AFTER);
    const at = (wanted: string): number => box.requests.indexOf(wanted);
    expect(at('POST /api/lists/items/_import')).toBeLessThan(at('POST /api/exception_lists'));
    expect(at('DELETE /api/lists/items')).toBeGreaterThan(at('PUT /api/detection_engine/rules'));
  });

  it('does not delete a list that another rule uses, ours or not', async () => {
    await box.apply(BEFORE);
    installRule(rule('theirs', { exceptions_list: [{ ...link('old'), id: 'x' }] }), 'soc', box.server.world);
    const applied = await box.apply({
      ...BEFORE,
      rules: BEFORE.rules?.filter((one) => own(one, 'rule_id') !== 'goes') ?? [],
      lists: [list('shared')],
    });
    expect(told(applied)).toEqual(['old: blocked, not deleted: rule "Rule theirs" uses it', 'goes: done']);
  });
});

describe('what is chosen', () => {
  it('leaves deletions without --prune', async () => {
    await box.apply(BEFORE);
    const applied = await box.apply(
      { ...BEFORE, rules: BEFORE.rules?.slice(0, 1) ?? [] },
      { selection: { prune: false, pruneLimit: 10, overwriteConflicts: false } },
    );
    expect(told(applied)).toEqual(['goes', 'off', 'on'].map((id) => `${id}: left, it left the repository`));
    expect(box.space.rules.size).toBe(4);
  });

  it('refuses more deletions than allowed, before it changes anything', async () => {
    await box.apply(BEFORE);
    box.requests.length = 0;
    const error = await refusal(
      box.apply({ rules: [rule('new')] }, { selection: { prune: true, pruneLimit: 3, overwriteConflicts: false } }),
    );
    expect([error.kind, error.message]).toEqual([
      'input',
      'the plan deletes 7, and no more than 3 may be deleted at once',
    ]);
    expect(box.requests).toEqual([]);
  });

  it('takes with a chosen rule the lists that it needs', async () => {
    const applied = await box.apply(AFTER, {
      selection: { prune: true, pruneLimit: 10, overwriteConflicts: false, wants: ({ id }) => id === 'made' },
    });
    expect(told(applied)).toEqual(['hosts: done', 'new: done', 'added: done', 'made: done']);
  });

  it('leaves what was changed in Kibana, unless it is to be written over', async () => {
    await box.apply(BEFORE);
    const plan = box.plan(AFTER);
    const conflicting: Plan = {
      ...plan,
      entries: plan.entries.map((entry) => (entry.id === 'off' ? { ...entry, action: 'conflict' } : entry)),
    };
    const applied = await box.apply(conflicting);
    expect(told(applied)).toContain('off: conflict, it was changed in Kibana since the last apply');
    expect(own(ruleOf('off') ?? {}, 'enabled')).toBe(true);
    const again = box.plan(AFTER);
    await box.apply(
      { ...again, entries: again.entries.map((entry) => ({ ...entry, action: 'conflict' })) },
      { selection: { prune: true, pruneLimit: 10, overwriteConflicts: true } },
    );
    expect(box.plan(AFTER).entries).toEqual([]);
  });
});

describe('a space that others change', () => {
  it('is left alone if it is not what the plan saw', async () => {
    await box.apply(BEFORE);
    const plan = box.plan(AFTER);
    editInKibana('off', { severity: 'critical' });
    const before = contentOf(box.space);
    const error = await refusal(box.apply(plan));
    expect([error.kind, error.message.replace(/:\d+/, ''), error.why]).toEqual([
      'remote',
      'space "soc" at 127.0.0.1 has changed since the plan was made',
      '"Rule off" is not as the plan saw it; nothing was changed',
    ]);
    expect(contentOf(box.space)).toEqual(before);
  });

  it('keeps a change that comes between our look and our write', async () => {
    await box.apply(BEFORE);
    const plan = box.plan(AFTER);
    box.fault = (request) => {
      if (request.url?.includes('/exception_lists') === true && request.method === 'POST')
        editInKibana('off', { severity: 'critical' });
      return false;
    };
    const applied = await box.apply(plan);
    expect(told(applied).filter((one) => !one.endsWith('done'))).toEqual([
      'off: conflict, rule "Rule off" was changed in Kibana by eve at 2026-02-03T00:00:00.000Z, since the plan was made',
    ]);
    expect(own(ruleOf('off') ?? {}, 'severity')).toBe('critical');
  });

  it.each([
    [
      'made',
      (): void => void installRule(rule('made', { severity: 'high' }), 'soc', box.server.world),
      'rule "Rule made" was made in Kibana since the plan was made',
    ],
    [
      'stays',
      (): void => void box.space.rules.delete(jsonText(own(ruleOf('stays') ?? {}, 'id'))),
      'rule "Rule stays" was deleted in Kibana since the plan was made',
    ],
  ])('says what happened to %s', async (id, change, message) => {
    await box.apply(BEFORE);
    let changed = false;
    const plan = box.plan(AFTER);
    box.fault = (request) => {
      if (!changed && request.url?.includes('/exception_lists') === true && request.method === 'POST') {
        changed = true;
        change();
      }
      return false;
    };
    expect(told(await box.apply(plan))).toContain(`${id}: conflict, ${message}`);
  });
});

describe('an apply that is stopped', () => {
  it('finishes what is under way, begins nothing more, says so, and gives the lock back', async () => {
    let stop = false;
    box.fault = (request) => {
      if (request.method === 'POST' && request.url?.endsWith('/detection_engine/rules') === true) stop = true;
      return false;
    };
    const applied = await box.apply(AFTER, { stopped: () => stop });
    expect(applied.interrupted).toBe(true);
    expect(applied.outcomes.find(({ entry }) => entry.id === 'made')).toMatchObject({
      result: 'notDone',
      waitsForEnabling: true,
    });
    expect([...box.space.lists.values()].map(descriptionOf)).toContain(descriptionOf(stateList(FREE)));
    await box.apply(AFTER);
    expect(box.plan(AFTER).entries).toEqual([]);
  });
});

describe('an apply that is killed at any request', () => {
  /** From this request on nothing gets through: before it is carried out, or after, when the answer is lost. */
  const killAt = (at: number, when: 'before' | 'after'): void => {
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
  };

  /** How the run ends at a request, and what is applied after that. */
  type Death = readonly [when: 'before' | 'after', then: 'new' | 'saved'];

  async function converges(concurrency: number, deaths: readonly Death[]): Promise<number> {
    const measured = await testSpace({ concurrency });
    await measured.apply(BEFORE);
    measured.requests.length = 0;
    await measured.apply(AFTER);
    const whole = contentOf(measured.space);
    const requests = measured.requests.length;
    await measured.server.close();
    for (let at = 1; at <= requests; at++)
      for (const [when, which] of deaths) {
        await box.server.close();
        box = await testSpace({ concurrency, attempts: 1 });
        await box.apply(BEFORE);
        const plan = box.plan(AFTER);
        killAt(at, when);
        await box.apply(plan).catch((error: unknown) => {
          if (!(error instanceof KnownError)) throw error;
        });
        box.fault = undefined;
        const name = `killed ${when} request ${at} of ${requests}, then the ${which} plan`;
        const again = await box.apply(which === 'saved' ? plan : AFTER);
        expect([name, told(again).filter((one) => !/: (done|already)$/.test(one))]).toEqual([name, []]);
        expect([name, contentOf(box.space)]).toEqual([name, whole]);
      }
    return requests;
  }

  it('comes to the same end when it is run again, one request at a time', async () => {
    expect(
      await converges(1, [
        ['before', 'saved'],
        ['after', 'new'],
      ]),
    ).toBeGreaterThan(30);
  }, 120_000);

  it('comes to the same end when it is run again, four at a time', async () => {
    expect(await converges(4, [['after', 'saved']])).toBeGreaterThan(30);
  }, 120_000);
});
