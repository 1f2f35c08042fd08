import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AskedServer } from '../cluster.ts';
import { NoAnswer, NotRun } from '../not-run.ts';
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

describe('a server that does not answer', () => {
  const DOCUMENT = { id: '1', source: { a: 'x' } };
  const vectors = ['v1', 'v2', 'v3'].map((id) => ({
    id,
    language: 'dsl',
    query: { term: { a: 'x' } },
    mapping: { properties: { a: { type: 'keyword', ignore_above: Number(id.slice(1)) } } },
    docs: [DOCUMENT],
    expect: ['1'],
  }));
  const answering: AskedServer = { ...lacking, searches: (searches) => Promise.resolve(searches.map(() => ['1'])) };

  async function run(
    cluster: AskedServer,
  ): Promise<{ readonly reports: readonly SuiteReport[]; readonly ended: unknown }> {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dsl'));
    writeFileSync(join(folder, 'dsl/eval.json'), JSON.stringify({ vectors }));
    const reports: SuiteReport[] = [];
    const ended: unknown = await runSuites(
      cluster,
      readFolder(folder),
      () => false,
      (report) => reports.push(report),
    ).catch((error: unknown) => error);
    return { reports, ended };
  }

  it.each([['createIndex'], ['index'], ['searches']] as const)(
    'counts the vectors of one index alone as not run where `%s` has no answer',
    async (step) => {
      let ill = '';
      const fails = (): Promise<never> => Promise.reject(new NoAnswer('the server answered 500: zstd is null'));
      const { reports, ended } = await run({
        ...answering,
        createIndex: (mapping) => {
          if (!mapping.includes('"ignore_above":2')) return Promise.resolve('i');
          ill = 'ill';
          return step === 'createIndex' ? fails() : Promise.resolve(ill);
        },
        index: (name) => (step === 'index' && name === 'ill' ? fails() : Promise.resolve(new Map())),
        searches: (searches) =>
          step === 'searches' && searches[0]?.index === 'ill' ? fails() : answering.searches(searches),
      });
      expect(ill).toBe('ill');
      expect(ended).toBeUndefined();
      expect(reports.map(({ line }) => line)).toEqual([
        {
          name: 'dsl/eval',
          pairs: 2,
          counts: { vectors: 2, differences: 0, known: 0 },
          notRun: { 'the server answered 500: zstd is null': 1 },
        },
      ]);
    },
  );

  it('ends the run where it answers nothing else either', async () => {
    const { reports, ended } = await run({
      ...answering,
      index: () => Promise.reject(new NoAnswer('the server answered 500: No space left on device')),
    });
    expect(ended).toEqual(new NoAnswer('the server answered 500: No space left on device'));
    expect(reports).toEqual([]);
  });

  it('ends the run where the connection breaks, and what was asked before it counts', async () => {
    let asked = 0;
    const { reports, ended } = await run({
      ...answering,
      searches: (searches) =>
        asked++ > 0 ? Promise.reject(new NotRun('the server does not answer')) : answering.searches(searches),
    });
    expect(ended).toEqual(new NotRun('the server does not answer'));
    expect(reports.map(({ line }) => line.pairs)).toEqual([1]);
  });
});
