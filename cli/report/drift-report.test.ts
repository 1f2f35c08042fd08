import { describe, expect, it } from 'vitest';
import type { Drift } from '../kibana/drift/drift.ts';
import { driftJson, driftMarkdown, driftText } from './drift-report.ts';

const QUERY = 'process where host.os.type == "windows" and process.name == "curl.exe" and user.name != "SYSTEM"\n';
const drift: Drift = {
  schemaVersion: 1,
  tool: { name: 'kibana-dac', version: '0' },
  command: 'drift',
  environment: 'prod',
  target: { url: 'https://kibana.example.org:5601', space: 'soc', version: '9.3.1' },
  rules: { ours: 812, notOurs: 3 },
  totals: { changed: 1, deleted: 1, released: 1, added: 1 },
  pending: 1,
  items: [
    {
      state: 'changed',
      kind: 'rule',
      id: 'a',
      name: 'A',
      path: 'rules/a.toml',
      changed: { by: 'bob\u001b[31m', at: '2026-01-02T03:04:05.000Z' },
      fields: [
        { field: 'query', desired: QUERY, space: QUERY.replace('curl.exe', 'wget.exe'), last: QUERY, changedIn: 'space' },
        { field: 'severity', desired: 'high', space: 'critical', last: 'low', changedIn: 'both' },
        { field: 'note', desired: null, space: '|<b>', changedIn: 'unknown' },
      ],
    },
    { state: 'deleted', kind: 'rule', id: 'b', name: 'B', path: 'rules/b.toml', fields: [] },
    { state: 'released', kind: 'rule', id: 'c', name: 'C', path: 'rules/c.toml', fields: [], changed: { by: 'eve', at: '2026-01-02T03:04:05.000Z' } },
    { state: 'added', kind: 'exceptionItem', id: 'i', name: 'I', parent: 'hosts', fields: [], changed: { by: 'eve', at: 'x' } },
  ],
}; // prettier-ignore

describe('the report of a drift', () => {
  it('says who changed what and when, and lets no name speak to the terminal', () => {
    expect(driftText(drift, { colour: false }))
      .toBe(`environment prod, space "soc" at kibana.example.org:5601 (9.3.1), 812 rules managed, 3 not ours

~ rules/a.toml   changed by bob\\x1b[31m at 2026-01-02T03:04:05.000Z
    rule "A"
    query   … == "windows" and process.name == "[-curl-]{+wget+}.exe" and user.name != "SYSTEM"
    severity: "low" -> "critical"
    in the repository: severity: "low" -> "high"
    note: (none) -> "|<b>"   (repository -> space; the last apply is not known)
- rules/b.toml   deleted in Kibana since the last apply
    rule "B"
? rules/c.toml   without our mark, so that dac leaves it alone; saved by eve at 2026-01-02T03:04:05.000Z
    rule "C"
+ exception item "I" of hosts   added by eve at x

Drift: 1 changed, 1 deleted, 1 added, 1 without our mark. 1 change of the repository is not applied yet.
`);
  });

  it('is a table in Markdown in which no text is Markdown', () => {
    const text = driftMarkdown(drift);
    expect(text.split('\n').slice(0, 2)).toEqual([
      '**Drift: 1 changed, 1 deleted, 1 added, 1 without our mark. 1 change of the repository is not applied yet.**',
      '<!-- dac-drift -->',
    ]);
    expect(text.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(8);
    expect(text).toContain('"&#124;&#60;b&#62;"');
  });

  it('fits into a comment, and says what was left out', () => {
    const many = { ...drift, items: Array.from({ length: 2000 }, () => drift.items[1] ?? drift.items[0]).filter((one) => one !== undefined) }; // prettier-ignore
    const text = driftMarkdown(many);
    expect(text.length).toBeLessThan(60_000);
    expect(text).toMatch(/[\d,]+ more rows left out\./);
  });

  it('is the value itself as JSON', () => {
    expect(JSON.parse(driftJson(drift))).toEqual(drift);
  });

  it('says so when there is none', () => {
    const none: Drift = { ...drift, items: [], pending: 0, totals: { changed: 0, deleted: 0, released: 0, added: 0 } };
    expect(driftText(none, { colour: false })).toContain('\n\nNo drift.\n');
  });
});
