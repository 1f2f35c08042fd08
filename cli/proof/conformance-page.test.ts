import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conformancePage, withConformance } from './conformance-page.ts';
import type { SuiteResult } from './gate.ts';

const suite = (name: string, passed: number, total: number): SuiteResult => ({
  name,
  passed,
  total,
  failures: Array.from({ length: total - passed }, (_, at) => ({ id: String(at), reason: 'got 1' })),
});
const suites = [suite('eql/cases', 3, 3), suite('eql/fold', 1999, 2000), suite('esql/vectors/where', 0, 4)];

const NONE = { runs: [], kinds: [] };

describe('the page of a run', () => {
  it('has a table by language and one a language, and rounds down', () => {
    const page = conformancePage(suites, [], NONE);
    expect(page).toContain(
      [
        '| language | passed | vectors |  share |',
        '| -------- | -----: | ------: | -----: |',
        '| EQL      |   2002 |    2003 | 99.9 % |',
        '| ES\\|QL   |      0 |       4 |  0.0 % |',
        '| all      |   2002 |    2007 | 99.7 % |',
      ].join('\n'),
    );
    expect(page).toContain('1 of 3 suites pass whole.');
    expect(page).toContain(
      [
        '## ES|QL',
        '',
        '| suite         | passed | vectors | share |',
        '| ------------- | -----: | ------: | ----: |',
        '| vectors/where |      0 |       4 | 0.0 % |',
      ].join('\n'),
    );
  });

  it('names each vector that is proved wrong, and counts its suite as whole', () => {
    const wrong = ['0', '7'].map((id) => ({ suite: 'eql/fold', id, evidence: 'elasticsearch:A.java' }));
    const page = conformancePage(suites, wrong, NONE);
    expect(page).toContain('- `eql/fold`, 0, 7: elasticsearch:A.java');
    expect(page).toContain('2 of 3 suites pass whole.');
  });

  it('states what was compared with a server at random, and what is known to differ', () => {
    const run = {
      server: '9.2.0',
      seed: 1,
      seconds: 600,
      documents: 1000,
      queries: 20000,
      pairs: 1234567,
      differences: 0,
    };
    const page = conformancePage(suites, [], {
      runs: [run, { ...run, seed: 2, differences: 1 }],
      kinds: [{ kind: 'wildcard on *', reason: 'a fault of the server' }],
    });
    expect(page).toContain(
      [
        '| server        | seconds | documents | queries |     pairs | differences |',
        '| ------------- | ------: | --------: | ------: | --------: | ----------: |',
        '| 9.2.0, seed 1 |     600 |     1,000 |  20,000 | 1,234,567 |           0 |',
        '| 9.2.0, seed 2 |     600 |     1,000 |  20,000 | 1,234,567 |           1 |',
        '| all           |   1,200 |     2,000 |  40,000 | 2,469,134 |           1 |',
      ].join('\n'),
    );
    expect(page).toContain('- `wildcard on *`: a fault of the server');
  });

  it('writes the table of a language into a page that asks for it, again and again the same', () => {
    const page = 'a\n<!-- conformance: eql -->\nold\n<!-- end of conformance -->\nb\n';
    const once = withConformance(page, suites);
    expect(once).toBe(
      [
        'a',
        '<!-- conformance: eql -->',
        '',
        '| suite | passed | vectors |   share |',
        '| ----- | -----: | ------: | ------: |',
        '| cases |      3 |       3 | 100.0 % |',
        '| fold  |   1999 |    2000 |  99.9 % |',
        '| all   |   2002 |    2003 |  99.9 % |',
        '',
        '<!-- end of conformance -->',
        'b',
        '',
      ].join('\n'),
    );
    expect(withConformance(once, suites)).toBe(once);
    expect(withConformance('no marks\n', suites)).toBe('no marks\n');
    expect(withConformance('<!-- conformance: eql -->\nno end\n', suites)).toBe('<!-- conformance: eql -->\nno end\n');
  });

  it('is asked for by the page of each query language', () => {
    const folder = new URL('../../docs/', import.meta.url);
    const asking = readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .filter((name) => readFileSync(new URL(name, folder), 'utf8').includes('<!-- conformance: '));
    expect(asking.sort()).toEqual(['eql.md', 'kql.md', 'lucene.md', 'query-dsl.md']);
  });
});
