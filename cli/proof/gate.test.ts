import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '../text/json.ts';
import { knownDifferences, shortfalls, type SuiteResult } from './gate.ts';

const read = (name: string): Json => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Json;
const suite = (passed: number, ...failed: string[]): SuiteResult => ({
  name: 'eql/cases',
  passed,
  total: passed + failed.length,
  failures: failed.map((id) => ({ id, reason: 'got [1]' })),
});
const known = [{ suite: 'eql/cases', id: 'b', evidence: 'elasticsearch:…' }];

describe('the gate', () => {
  it.each([
    ['a suite at its floor', [suite(3)], []],
    ['a suite above it', [suite(9)], []],
    ['a failure that is proved wrong', [suite(2, 'b')], []],
    ['a failure', [suite(2, 'a', 'b')], ['eql/cases passes 3/4; the first that fails: a: got [1]']],
    [
      'a failure beside more vectors than the floor',
      [suite(9, 'a')],
      ['eql/cases passes 9/10; the first that fails: a: got [1]'],
    ],
    ['vectors taken out', [suite(2)], ['eql/cases has 2 vectors, and had 3']],
    ['a suite that is not there', [], ['eql/cases was not run, and has to pass 3']],
    ['a suite without a floor', [suite(3), { ...suite(0, 'a'), name: 'esql/where' }], []],
  ])('%s', (_, suites, wanted) => {
    expect(shortfalls(suites, { 'eql/cases': 3 }, known)).toEqual(wanted);
  });

  it('counts a known difference in its own suite only', () => {
    expect(shortfalls([suite(3, 'b')], { 'eql/cases': 3 }, [{ suite: 'eql/fold', id: 'b', evidence: 'x' }])).toEqual([
      'eql/cases passes 3/4; the first that fails: b: got [1]',
    ]);
  });

  it('has a floor for every suite of EQL, KQL, Query DSL and Lucene, of a real server and of reported cases, and evidence for every difference', () => {
    const languages = Object.keys(read('floors.json') as object).map((name) => name.split('/')[0]);
    expect(new Set(languages)).toEqual(new Set(['dsl', 'eql', 'kibana', 'kql', 'lucene', 'real', 'reported']));
    for (const difference of knownDifferences(read('known-differences.json'))) {
      expect(difference.suite).not.toBe('');
      expect(difference.id).not.toBe('');
      expect(difference.evidence).toMatch(/^(?:elasticsearch|kibana|lucene):/);
    }
  });
});
