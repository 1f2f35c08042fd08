import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bare, soup, statement } from './generate-support.ts';
import { parseEql } from './parse.ts';
import { printEql } from './print.ts';

/** A query printed with its comments. */
function formatted(text: string, width?: number): string {
  const { statement: tree, comments } = parseEql(text);
  if (tree === undefined) throw new Error('no tree');
  return printEql(tree, { comments, text, ...(width === undefined ? {} : { width }) });
}

describe('printEql', () => {
  it.each([
    ['any where (a == 1)', 'any where a == 1'],
    ['process where a==1 and (b==2 or c==3)', 'process where a == 1 and (b == 2 or c == 3)'],
    ['process where a == 1 or b == 2 and c == 3', 'process where a == 1 or (b == 2 and c == 3)'],
    ['process where a == 1 and (b == 2 and c == 3)', 'process where a == 1 and (b == 2 and c == 3)'],
    ['process where not (a == 1 and b == 2)', 'process where not (a == 1 and b == 2)'],
    ['process where not (not a == 1)', 'process where not not a == 1'],
    ['process where (a + b) * -c % 2 == 1 - (2 - 3)', 'process where (a + b) * -c % 2 == 1 - (2 - 3)'],
    ['process where (a + b) in (1,2)', 'process where (a + b) in (1, 2)'],
    ['process where a + b : "x"', 'process where a + b : "x"'],
    ['process where a not in~ ("x")', 'process where a not in~ ("x")'],
    ['process where a like~ ("x")', 'process where a like~ "x"'],
    ['process where ?`a-b`.c . d == """C:\\x"""', 'process where ?`a-b`.c.d == """C:\\x"""'],
    ['process where event.`sequence` == 1.50', 'process where event.`sequence` == 1.50'],
    ['"any" where f~(x,1e3)', '"any" where f~(x, 1e3)'],
    ['any where a == 1 | head 5 | tail 2', 'any where a == 1\n| head 5\n| tail 2'],
    [
      'sequence by a,?b with maxspan=5 m [x where a == 1] by c with runs = 2 ![y where b == 2] by d until [z where true] by e',
      'sequence by a, ?b with maxspan=5m\n  [x where a == 1] by c with runs=2\n  ![y where b == 2] by d\nuntil [z where true] by e',
    ],
    ['sample by a [x where true] [y where true]', 'sample by a\n  [x where true]\n  [y where true]'],
  ])('%s', (query, expected) => {
    expect(formatted(query)).toBe(expected);
  });

  it('puts each operand on a line of its own when the line is too long', () => {
    const query =
      'process where host.os.type == "linux" and (process.name in ("curl", "wget") or process.args : ("-o", "--output")) and not startsWith(process.parent.executable, "/opt/vendor/")';
    expect(formatted(query, 50)).toBe(
      [
        'process where',
        '  host.os.type == "linux" and',
        '  (',
        '    process.name in ("curl", "wget") or',
        '    process.args : ("-o", "--output")',
        '  ) and',
        '  not startsWith(',
        '    process.parent.executable,',
        '    "/opt/vendor/"',
        '  )',
      ].join('\n'),
    );
  });

  it('keeps comments where they stand', () => {
    const query = [
      '// first',
      'process where',
      '  /* about a */',
      '  a == 1 and // beside a',
      '  b in ("x", // beside x',
      '    "y") and',
      '  (c == 1 or /* d */ d == 2 // beside d',
      '  ) // beside the group',
      '// before the pipe',
      '| head 5 // last',
      '/* the end',
      '   of it */',
    ].join('\n');
    expect(formatted(query)).toBe(
      [
        '// first',
        'process where',
        '  /* about a */',
        '  a == 1 and // beside a',
        '  b in (',
        '    "x", // beside x',
        '    "y"',
        '  ) and',
        '  (',
        '    c == 1 or /* d */',
        '    d == 2 // beside d',
        '  ) // beside the group',
        '// before the pipe',
        '| head 5 // last',
        '/* the end',
        '   of it */',
      ].join('\n'),
    );
  });

  it('closes a term behind a comment on a line of its own', () => {
    expect(formatted('sequence [a where x == 1 // why\n] by k [b where true] by k // last')).toBe(
      ['sequence', '  [a where', '    x == 1 // why', '  ] by k', '  [b where true] by k // last'].join('\n'),
    );
  });

  it('prints any tree so that it parses to the same tree', () => {
    fc.assert(
      fc.property(statement, fc.constantFrom(20, 60, 100), (tree, width) => {
        const text = printEql(tree, { width });
        const parsed = parseEql(text);
        expect([text, parsed.diagnostics]).toEqual([text, []]);
        expect(bare(parsed.statement)).toEqual(bare(tree));
      }),
      { numRuns: 400 },
    );
  });

  it('changes nothing about what it printed, and loses no comment', () => {
    fc.assert(
      fc.property(
        statement,
        fc.array(fc.constantFrom(' ', ' ', ' ', ' // c\n', ' /* d */ '), { minLength: 1 }),
        (tree, gaps) => {
          let at = 0;
          const text = printEql(tree).replace(
            / (?=(?:and|or|not|==|in|where|\[|\|) ?)/g,
            () => gaps[at++ % gaps.length] ?? ' ',
          );
          const parsed = parseEql(text);
          fc.pre(parsed.diagnostics.length === 0 && parsed.statement !== undefined);
          const once = formatted(text);
          const again = parseEql(once);
          expect(bare(again.statement)).toEqual(bare(parsed.statement));
          expect(again.comments.map((one) => one.text.trim())).toEqual(parsed.comments.map((one) => one.text.trim()));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('prints what could be read of a faulty query', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const { statement: tree, comments } = parseEql(text);
        if (tree !== undefined) expect(typeof printEql(tree, { comments, text })).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});
