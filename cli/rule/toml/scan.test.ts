import fc from 'fast-check';
import { getStaticTOMLValue, parseTOML, traverseNodes, type AST } from 'toml-eslint-parser';
import { describe, expect, it } from 'vitest';
import { placeKey, placesOf } from './scan.ts';

/** Where an independent parser sees the values of a text: `path` → [start, end]. */
function oracle(text: string): Map<string, [number, number]> {
  const ast = parseTOML(text, { tomlVersion: '1.0.0' });
  const found = new Map<string, [number, number]>();
  const place = (path: readonly (string | number)[], node: AST.TOMLNode): void => {
    found.set(placeKey(path), [node.range[0], node.range[1]]);
  };
  const value = (path: readonly (string | number)[], node: AST.TOMLContentNode): void => {
    place(path, node);
    if (node.type === 'TOMLArray') node.elements.forEach((one, at) => value([...path, at], one));
    if (node.type === 'TOMLInlineTable') for (const pair of node.body) keyValue(path, pair);
  };
  const keyValue = (base: readonly (string | number)[], node: AST.TOMLKeyValue): void => {
    value([...base, ...getStaticTOMLValue(node.key)], node.value);
  };
  traverseNodes(ast, {
    enterNode(node) {
      if (node.type === 'TOMLKeyValue' && node.parent.type === 'TOMLTopLevelTable') keyValue([], node);
      if (node.type === 'TOMLTable') for (const pair of node.body) keyValue(node.resolvedKey, pair);
    },
    leaveNode() {},
  });
  return found;
}

const scanned = (text: string, paths: Iterable<string>): Map<string, [number, number] | undefined> => {
  const places = placesOf(text).all();
  return new Map(
    [...paths].map((path) => {
      const value = places.get(path)?.value;
      return [path, value === undefined ? undefined : [value.start, value.end]];
    }),
  );
};

describe('places of values', () => {
  it.each([
    ['strings of all kinds', 'a = "x"\nb = \'y\'\nc = """\nm "q" ""\n"""\nd = \'\'\'\nn\'\'\'\'\'\n'],
    ['escapes before a closing quote', 'a = "x\\\\"\nb = "\\""\nc = """a\\"""b"""\n'],
    ['numbers, dates and comments', 'a = 1_000 # n\nb = 1979-05-27 07:32:00Z\nc=true#c\nd = 0xff  \n'],
    ['lists over several lines', 'a = [ # one\n  "x", # two\n  [1, 2],\n  { b = 1, c.d = "]" },\n]\n'],
    ['tables and dotted keys', 'x.y.z = 1\n[a.b]\nc = 1\n[a."d e".\'f.g\']\nh.i = 2\n'],
    [
      'lists of tables in lists of tables',
      '[[a]]\nn = 1\n[[a.b]]\nn = 2\n[[a.b]]\nn = 3\n[a.c]\nn = 4\n[[a]]\n[[a.b]]\nn = 5\n',
    ],
    ['keys that are escaped', '"a\\"b" = 1\n"\\u00e9" = 2\n\'q"q\' = 3\n'],
    ['CRLF', 'a = "x"\r\nb = """\r\nm\r\n"""\r\n[t]\r\nc = 1\r\n'],
    ['hostile keys', '[__proto__]\nx = 1\n[constructor]\nprototype = "y"\n'],
  ])('%s', (_, text) => {
    const expected = oracle(text);
    expect(expected.size).toBeGreaterThan(0);
    expect(scanned(text, expected.keys())).toEqual(expected);
  });

  it('agree with the independent parser on generated documents', () => {
    const key = fc.oneof(fc.stringMatching(/^[a-z_-]{1,6}$/), fc.constantFrom('"a b"', "'c.d'", '"\\t"'));
    const scalar = fc.oneof(
      fc.integer().map(String),
      fc.boolean().map(String),
      fc.string({ maxLength: 12 }).map((one) => JSON.stringify(one.replace(/[\u007f-\uffff]/g, '?'))),
      fc.stringMatching(/^[ -&(-~]{0,12}$/).map((one) => `'${one}'`),
      fc.stringMatching(/^[ -&(-~\n]{0,12}$/).map((one) => `'''${one}'''`),
    );
    const { value } = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(' , ')}]`),
        fc.uniqueArray(key, { maxLength: 3 }).map((keys) => `{ ${keys.map((one) => `${one} = 1`).join(', ')} }`),
      ),
    }));
    const pairs = fc
      .uniqueArray(fc.tuple(key, value), { maxLength: 4, selector: ([one]) => one })
      .map((list) => list.map(([one, written]) => `${one} = ${written}\n`).join(''));
    const document = fc
      .tuple(
        pairs,
        fc.uniqueArray(fc.tuple(fc.stringMatching(/^[A-Z]{1,3}$/), fc.boolean(), pairs), {
          maxLength: 4,
          selector: ([one]) => one,
        }),
      )
      .map(
        ([top, tables]) =>
          top + tables.map(([one, list, body]) => `${list ? `[[${one}]]` : `[${one}]`}\n${body}`).join(''),
      );
    fc.assert(
      fc.property(document, (text) => {
        const expected = oracle(text);
        expect(scanned(text, expected.keys())).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('stop at a fault and keep what was found before it', () => {
    const places = placesOf('a = 1\nb = [1, 2\nc = = 3\n').all();
    expect(places.get(placeKey(['a']))).toEqual({ key: { start: 0, end: 1 }, value: { start: 4, end: 5 } });
    expect(places.has(placeKey(['c']))).toBe(false);
  });
});
