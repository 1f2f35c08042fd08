import { describe, expect, it } from 'vitest';
import { placeholders } from './placeholders.ts';

describe('placeholders', () => {
  it('are written with braces or without', () => {
    expect(placeholders('See $osquery_0 and ${investigate_12}.')).toEqual([
      { kind: 'osquery', index: 0, written: '$osquery_0', span: { start: 4, end: 14 } },
      { kind: 'investigate', index: 12, written: '${investigate_12}', span: { start: 19, end: 36 } },
    ]);
  });

  it('are nothing else that begins with a dollar', () => {
    expect(placeholders('$osquery $osquery_0a $osquery_0_x ${osquery_} $other_0 osquery_0')).toEqual([]);
  });
});
