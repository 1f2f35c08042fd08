import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AskedServer } from '../cluster.ts';
import { temporaryFolder } from '../test-support.ts';
import { readFolder } from './folder.ts';
import { runSuites, type SuiteReport } from './suites.ts';

const lacking: AskedServer = {
  version: '9.2.0',
  createIndex: (mapping) =>
    Promise.resolve(
      mapping.includes('wildcard') ? { refused: 'No handler for type [wildcard] declared on field [a]' } : 'i',
    ),
  index: () => Promise.resolve(new Map()),
  searches: (searches) => Promise.resolve(searches.map(() => [])),
  docValues: () => Promise.resolve(new Map()),
  tokens: () => Promise.resolve(['a']),
  delete: () => Promise.resolve(),
};

it('asks each file that it can read, counts what is not run by reason, and takes out what is known', async () => {
  const folder = temporaryFolder();
  const write = (name: string, vectors: readonly object[]): void => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ vectors }));
  };
  const vector = (id: string, type: string) => ({
    id,
    language: 'dsl',
    query: { exists: { field: 'a' } },
    mapping: { properties: { a: { type } } },
    docs: [{ id: '1', source: { a: 'x' } }],
    expect: ['1'],
  });
  write('dsl/eval', [vector('v2', 'keyword'), vector('v10', 'text'), vector('v1', 'keyword'), vector('w', 'wildcard')]);
  write('dsl/standard_tokens', [{ id: 't', text: 'a', tokens: ['a'] }]);
  write('kql/parse', [{ id: 'p' }]);
  const reports: SuiteReport[] = [];
  await runSuites(
    lacking,
    readFolder(folder),
    ({ id }) => id === 'v1',
    (report) => reports.push(report),
  );
  expect(reports.map(({ line }) => line)).toEqual([
    {
      name: 'dsl/eval',
      pairs: 3,
      counts: { vectors: 3, differences: 2, known: 1 },
      notRun: { 'the server lacks [wildcard]': 1 },
    },
    { name: 'dsl/standard_tokens', pairs: 1, counts: { vectors: 1, differences: 0, known: 0 }, notRun: {} },
  ]);
  expect(reports[0]?.differences.map(({ id }) => id)).toEqual(['v10', 'v2']);
});
