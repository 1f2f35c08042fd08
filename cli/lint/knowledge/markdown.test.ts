import { describe, expect, it } from 'vitest';
import { headings } from './markdown.ts';

const titles = (text: string): readonly string[] => headings(text).map(({ level, title }) => `${level} ${title}`);

describe('headings', () => {
  it('have a level, a title and a place', () => {
    expect(headings('x\n## Setup  \ny')).toEqual([{ level: 2, title: 'Setup', span: { start: 2, end: 10 } }]);
  });

  it('may be closed by hashes, indented by three spaces, or empty', () => {
    expect(titles('# A #\n   ### B ##\n#\n## C# x\n## C#')).toEqual(['1 A', '3 B', '1 ', '2 C# x', '2 C#']);
  });

  it('are not lines in code, indented by four, without a space, or with seven hashes', () => {
    expect(titles('```\n# a\n~~~\n# b\n````\n    # c\n#d\n####### e\n~~~ x\n# f\n~~~\n# g')).toEqual(['1 g']);
  });

  it('stand in files with CRLF', () => {
    expect(titles('# A\r\nx\r\n## B\r\n')).toEqual(['1 A', '2 B']);
  });
});
