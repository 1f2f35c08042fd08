import { describe, expect, it } from 'vitest';
import { hasEmptyName, indexExpressions, matchesIndex } from './index-pattern.ts';

const reached = (patterns: readonly string[], ...indices: string[]): string[] =>
  indices.filter((index) => matchesIndex(patterns, index));

describe('indexExpressions', () => {
  it('takes lists, clusters, exclusions, dates and selectors apart', () => {
    expect(
      indexExpressions(['a-*,-a-x*', 'prod:b-*', 'prod:-b-x*', '-*:c', '<d-{now/d{yyyy,MM}}-x>,e::data', '']),
    ).toEqual([
      { cluster: undefined, name: 'a-*', excluded: false, text: 'a-*' },
      { cluster: undefined, name: 'a-x*', excluded: true, text: '-a-x*' },
      { cluster: 'prod', name: 'b-*', excluded: false, text: 'prod:b-*' },
      { cluster: 'prod', name: 'b-x*', excluded: true, text: 'prod:-b-x*' },
      { cluster: '*', name: 'c', excluded: true, text: '-*:c' },
      { cluster: undefined, name: 'd-*-x', excluded: false, text: '<d-{now/d{yyyy,MM}}-x>' },
      { cluster: undefined, name: 'e', excluded: false, text: 'e::data' },
    ]);
  });
});

describe('hasEmptyName', () => {
  it('finds a name that is empty, but not at the end', () => {
    expect([['a', '', 'b'], ['', 'a'], ['a,,b'], [',a'], ['a,', 'b']].map(hasEmptyName)).not.toContain(false);
    expect([['a', ''], ['a,'], [''], [], ['a', 'b'], ['<a-{now/d{yyyy,,MM}}>']].map(hasEmptyName)).not.toContain(true);
  });
});

describe('matchesIndex', () => {
  it('lets * stand for any run and nothing else be special', () => {
    expect(reached(['logs-a.?-*'], 'logs-a.?-x', 'logs-a.b-x', 'logs-a.?-')).toEqual(['logs-a.?-x', 'logs-a.?-']);
  });

  it('reads exclusions in order', () => {
    expect(reached(['a-*', '-a-1*', 'a-12'], 'a-0', 'a-1', 'a-12')).toEqual(['a-0', 'a-12']);
    expect(reached(['-a-1', 'a-*'], 'a-1')).toEqual(['a-1']);
  });

  it('takes a minus for an exclusion only behind a name with a star', () => {
    expect(reached(['x', '-x'], 'x')).toEqual(['x']);
    expect(reached(['x', '-x*'], 'x')).toEqual(['x']);
    expect(reached(['x*', '-x'], 'x', 'x1')).toEqual(['x1']);
    expect(reached(['x', '-q*', '-x'], 'x')).toEqual([]);
    expect(reached(['x1', '-x1', 'x*', '-x1'], 'x', 'x1')).toEqual(['x']);
    expect(reached(['<x-{now/d}>', '-x-1'], 'x-1')).toEqual(['x-1']);
    expect(reached(['p:x', 'p:-x*'], 'p:x')).toEqual(['p:x']);
    expect(reached(['*:x*', 'p:-x1'], 'p:x1', 'q:x1')).toEqual(['q:x1']);
    expect(reached(['x*', 'p:x', 'p:-x'], 'p:x')).toEqual(['p:x']);
  });

  it('leaves blanks in names', () => {
    expect(reached(['x, y'], 'x', 'y')).toEqual(['x']);
    expect(reached([' x', 'y '], 'x', 'y')).toEqual([]);
    expect(reached(['x*', '-x '], 'x')).toEqual(['x']);
  });

  it('knows data streams and alerts by the name under which they are searched', () => {
    const streams = [
      '.ds-logs-x-default-2026.01.31-000001',
      'partial-.ds-logs-x-default-2026.01.31-000001',
      '.ds-logs-x-default-000002',
    ];
    expect(reached(['logs-x-*'], ...streams)).toEqual(streams);
    expect(reached(['logs-x-default-2026*'], ...streams)).toEqual([]);
    expect(reached(['.alerts-security.*'], '.internal.alerts-security.alerts-default-000001')).toHaveLength(1);
  });

  it('reaches hidden indices only through a pattern with a dot, or by name', () => {
    expect(reached(['*'], 'a', '.siem-signals-default')).toEqual(['a']);
    expect(reached(['.siem-*'], '.siem-signals-default')).toHaveLength(1);
    expect(reached(['_all'], 'a')).toEqual(['a']);
  });

  it('keeps local and remote apart, and takes a bare name for an index of any cluster', () => {
    expect(reached(['logs-*'], 'prod:logs-x', 'logs-x')).toEqual(['logs-x']);
    expect(reached(['*'], 'prod:logs-x')).toEqual([]);
    expect(reached(['prod:logs-*'], 'prod:logs-x', 'dev:logs-x', 'logs-x')).toEqual(['prod:logs-x', 'logs-x']);
    expect(reached(['*:logs-*', '-prod:*'], 'prod:logs-x', 'dev:logs-x', 'logs-x')).toEqual(['dev:logs-x', 'logs-x']);
    expect(reached(['p*:logs-*', 'p*:-logs-x*'], 'prod:logs-x', 'prod:logs-y', 'logs-x')).toEqual(['prod:logs-y']);
  });
});
