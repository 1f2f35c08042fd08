import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KqlNode } from './kql/ast.ts';
import { parseKql } from './kql/parse.ts';
import { printKql } from './kql/print.ts';
import type { LuceneGroup } from './lucene/ast.ts';
import { parseLucene } from './lucene/parse.ts';
import { printLucene } from './lucene/print.ts';
import { QueryFailure } from './failure.ts';

/** A tree without places. */
const bare = (tree: KqlNode | LuceneGroup): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));

/** Texts that are often nearly a query: pieces of the language with blanks here and there. */
const texts = (pieces: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) }), { maxLength: 14 }).map((parts) => parts.join('')); // prettier-ignore

const KQL = [
  'a', 'b.c', 'field', ':', ': ', ' and ', ' or ', 'not ', '(', ')', '{', '}', '"', '"x y"', '*', '\\', '\\*', '\\t', '\\n', '\\or', '\\u0041', ' ', '\u00a0', '<', '>=', 'true', 'null', 'knot ', 'or', 'AND', 'a:b', 'a:(x or y)', 'x:{ y:z }',
]; // prettier-ignore

const LUCENE = [
  'a', 'b.c', 'f', ':', ' AND ', ' OR ', 'NOT ', '(', ')', '"', '"x y"', '*', '?', '\\', '\\*', '~', '~1', '^2', ' ', '+', '-', '! ', '- ', '[a TO b]', '{"x y" TO *]', '/r.x/', '&&', '||', 'and', 'f:v', 'f:(x y)', '\u3000', '\\ ', '\\u0041', '[', 'TO',
]; // prettier-ignore

describe('printers', () => {
  it('KQL: what is printed parses to the same tree', () => {
    let read = 0;
    fc.assert(
      fc.property(texts(KQL), (text) => {
        const { ast } = parseKql(text);
        if (ast === undefined) return;
        read++;
        const printed = printKql(ast);
        const again = parseKql(printed);
        expect({ printed, tree: again.ast === undefined ? again.diagnostics : bare(again.ast) }).toEqual({ printed, tree: bare(ast) });
      }),
      { numRuns: 4000, seed: 7 },
    );
    expect(read).toBeGreaterThan(500);
  }); // prettier-ignore

  it('Lucene: what is printed parses to the same tree', () => {
    let read = 0;
    fc.assert(
      fc.property(texts(LUCENE), (text) => {
        let tree: LuceneGroup;
        try {
          tree = parseLucene(text);
        } catch (error) {
          if (error instanceof QueryFailure) return;
          throw error;
        }
        read++;
        const printed = printLucene(tree);
        expect({ printed, tree: bare(parseLucene(printed)) }).toEqual({ printed, tree: bare(tree) });
      }),
      { numRuns: 4000, seed: 7 },
    );
    expect(read).toBeGreaterThan(500);
  });

  it.each([
    ['a:(x or not "y z") and not (b >= 5 or c:*)', '(a: x or not a: "y z") and not (b >= 5 or c: *)'],
    ['a:b or (c:d and e:f)', 'a: b or c: d and e: f'],
    ['a:{ b:c and d.*:"\\t" }', 'a: { b: c and d.*: "\\t" }'],
    ['', '*: *'],
  ])('KQL %s', (text, printed) => {
    const { ast } = parseKql(text);
    expect(ast === undefined ? '' : printKql(ast)).toBe(printed);
  });

  it.each([
    ['a b -c', 'a b NOT c'],
    ['f:(x OR +"y z"~2^3) && !g:[1 TO 2}', 'f:(x OR +"y z"~2^3) AND NOT g:[1 TO 2}'],
    ['a:\\AND b~1 /x/~ w?ld*', 'a:\\AND b~1 /x/ w?ld*'],
  ])('Lucene %s', (text, printed) => {
    expect(printLucene(parseLucene(text))).toBe(printed);
  });
});
