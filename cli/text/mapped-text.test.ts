import { describe, expect, it } from 'vitest';
import { MappedText } from './mapped-text.ts';

describe('a text that knows where its characters stand in the file', () => {
  // File: abc\tdef, where the file writes the tab as two characters; decoded "abc<tab>def".
  const mapped = new MappedText('abc\tdef', [0, 10, 4, 15], 18);

  it('runs one to one between anchors', () => {
    expect([0, 1, 3, 4, 6].map((at) => mapped.offset(at))).toEqual([10, 11, 13, 15, 17]);
  });

  it('ends where the value ends, also for offsets beyond it', () => {
    expect([7, 8, 100].map((at) => mapped.offset(at))).toEqual([18, 18, 18]);
  });

  it('maps spans across an escape, and keeps empty ones empty', () => {
    expect(mapped.span({ start: 2, end: 5 })).toEqual({ start: 12, end: 16 });
    expect(mapped.span({ start: 4, end: 4 })).toEqual({ start: 15, end: 15 });
    expect(mapped.span({ start: 0, end: 7 })).toEqual({ start: 10, end: 18 });
  });

  it('takes a text as it stands', () => {
    expect(MappedText.verbatim('abc', 5).span({ start: 1, end: 3 })).toEqual({ start: 6, end: 8 });
  });
});
