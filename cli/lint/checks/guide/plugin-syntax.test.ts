import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './plugin-syntax.ts';

describe(check.id, () => {
  it('reports a block in the guide', () => {
    expect(findingsOf(check.id, ruleText({ note: 'Run !{osquery{"label":"x"}} now.' }))).toEqual([
      {
        id: 'guide/plugin-syntax',
        severity: 'warning',
        message: 'the osquery block is written out in the guide',
        why: 'nothing checks such a block, and a slip in it leaves the analyst with raw JSON',
        help: 'move it to [[transform.osquery]], and put ${osquery_0} here',
        at: '!{osquery',
      },
    ]);
  });

  it.each([['a link', ruleText({ note: 'See ![x](https://example.com) {osquery}.' })]])(
    'says nothing about %s',
    (_, texts) => {
      expect(findingsOf(check.id, texts)).toEqual([]);
    },
  );
});
