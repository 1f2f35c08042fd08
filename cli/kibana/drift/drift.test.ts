import { describe, expect, it } from 'vitest';
import type { Entry, Plan } from '../plan/plan.ts';
import { driftOf, hasDrift } from './drift.ts';

const entry = (more: Partial<Entry>): Entry => ({
  kind: 'rule',
  action: 'change',
  id: 'r',
  name: 'R',
  path: 'rules/r.toml',
  fields: [],
  seen: 'x',
  ...more,
});
const plan = (...entries: Entry[]): Plan => ({
  schemaVersion: 1,
  tool: { name: 'kibana-dac', version: '0' },
  command: 'plan',
  environment: 'prod',
  target: { url: 'https://kibana.example.org', space: 'soc' },
  marker: 'm',
  protected: false,
  rules: { ours: 1, notOurs: 0 },
  complete: true,
  totals: { create: 0, change: 0, delete: 0, conflict: 0, foreign: 0, unchanged: 0 },
  entries,
  fingerprint: 'f',
});
const field = (name: string, changedIn: 'repository' | 'space' | 'both' | 'unknown') => ({
  field: name,
  desired: 1,
  space: 2,
  changedIn,
});

describe('drift', () => {
  it('is what the space has changed, not what the repository has in store', () => {
    const changed = { by: 'bob', at: '2026-01-02T03:04:05.000Z' };
    const drift = driftOf(
      plan(
        entry({ id: 'a', fields: [field('severity', 'repository')] }),
        entry({ id: 'b', action: 'conflict', changed, fields: [field('x', 'repository'), field('y', 'space'), field('z', 'both')] }), // prettier-ignore
        entry({ id: 'c', action: 'create', gone: true }),
        entry({ id: 'new', action: 'create' }),
        entry({ id: 'g', action: 'foreign', released: true, changed, fields: [field('x', 'repository'), field('y', 'space')] }), // prettier-ignore
        entry({ id: 'd', action: 'delete' }),
        entry({ id: 'e', action: 'foreign' }),
      ),
      [{ state: 'added', kind: 'exceptionItem', id: 'f', name: 'F', parent: 'l', fields: [] }],
    );
    expect(drift.items.map(({ id, state, fields }) => [id, state, fields.map((one) => one.field)])).toEqual([
      ['b', 'changed', ['y', 'z']],
      ['c', 'deleted', []],
      ['g', 'released', ['y']],
      ['f', 'added', []],
    ]);
    expect(drift.items[0]?.changed).toEqual(changed);
    expect(drift.totals).toEqual({ changed: 1, deleted: 1, released: 1, added: 1 });
    expect(drift.pending).toBe(3);
    expect(hasDrift(drift)).toBe(true);
  });

  it('is none when the repository alone has changed', () => {
    const drift = driftOf(plan(entry({ fields: [field('severity', 'repository')] })), []);
    expect([hasDrift(drift), drift.pending]).toEqual([false, 1]);
  });
});
