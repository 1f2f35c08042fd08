import { describe, expect, it } from 'vitest';
import { frame } from '../../text/frame.ts';
import { SourceFile } from '../../text/source-file.ts';
import { kqlTree, type Tree } from '../tree.ts';
import { parseKql } from './parse.ts';

const flat = ({ label, children }: Tree): string =>
  children.length === 0 ? label : `${label}(${children.map(flat).join('; ')})`;

const tree = (text: string): string => {
  const { ast, diagnostics } = parseKql(text);
  return ast === undefined ? `fails: ${diagnostics[0]?.message ?? ''}` : flat(kqlTree(ast));
};

describe('parseKql reads what Kibana reads', () => {
  it.each([
    ['', 'any field: any value'],
    [' \t\n\u00a0', 'any field: any value'],
    ['*', 'any field: any value'],
    ['a:b', 'a: "b"'],
    ['a : b', 'a: "b"'],
    ['a:b AND c:d or e:f', 'or(and(a: "b"; c: "d"); e: "f")'],
    ['a:b and (c:d or e:f)', 'and(a: "b"; or(c: "d"; e: "f"))'],
    ['not a:b and c:d', 'and(not(a: "b"); c: "d")'],
    ['not (not a:b)', 'not(not(a: "b"))'],
    ['a:b and c:d and e:f', 'and(a: "b"; c: "d"; e: "f")'],
    ['a:(x or y and not z)', 'or(a: "x"; and(a: "y"; not(a: "z")))'],
    ['a:(not x)', 'not(a: "x")'],
    ['a:((x))', 'a: "x"'],
    ['a >= 5 and b<c', 'and(a >= "5"; b < "c")'],
    ['a:{ b:c and d:{ e:f } }', 'nested a(and(b: "c"; nested d(e: "f")))'],
    ['a:/tmp/my file.txt', 'a: "/tmp/my file.txt"'],
    ['a:b or', 'a: "b or"'],
    ['or', 'any field: "or"'],
    ['and a:b', 'and a: "b"'],
    ['a: and b', 'a: "and b"'],
    ['a:b && c', 'a: "b && c"'],
    ['a:-b', 'a: "-b"'],
    ['a:*', 'a: any value'],
    ['a:**', 'a: wildcard **'],
    ['a:x*y', 'a: wildcard "x"*"y"'],
    ['a:x\\*y*', 'a: wildcard "x*y"*'],
    ['a.*:x', 'a.*: "x"'],
    ['"a*":x', 'a*: "x"'],
    ['a:true and b:false and c:null', 'and(a: true; b: false; c: null)'],
    ['a:True and b:"true"', 'and(a: "True"; b: phrase "true")'],
    ['a:\\\\ and b:\\: and c:\\(', 'and(a: "\\\\"; b: ":"; c: "(")'],
    ['a:\\tb\\nc', 'a: "b\\nc"'],
    ['a:\\not', 'a: "ot"'],
    ['a:\\NOT b', 'a: "NOT b"'],
    ['a:x \\or y', 'a: "x or y"'],
    ['a:\\u0041\\u002a', 'a: "A*"'],
    ['a:"\\u0041\\t\\"\\\\ C:\\Windows"', 'a: phrase "A\\t\\"\\\\ C:\\\\Windows"'],
    ['a:" x "', 'a: phrase " x "'],
    ['a:""', 'a: phrase ""'],
    ['a:\\t', 'a: ""'],
    ["a:?[x]/-+@$'", 'a: "?[x]/-+@$\'"'],
    ['a:x\u00a0and\u00a0b:y', 'and(a: "x"; b: "y")'],
    ['a:😀', 'a: "😀"'],
    ['__proto__:x and constructor:y', 'and(__proto__: "x"; constructor: "y")'],
  ])('%j', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  it.each([
    'a:', 'a:b c:d', 'not not a:b', 'a: not b', 'a:>1', 'a < b < c', 'a > (1 or 2)', '()', 'a:()', 'a:{}', 'a:b and', 'a:b and ',
    'foo:knot bar', 'a: do not go', 'a:\\W', 'a:\\ b', 'a:C:\\', '"a', 'a:"C:\\"', '(a:b', 'a:b)', 'a:{b:c', 'a:(b', 'a:b}',
    'a:"b"c', 'a:"b" "c"', 'a:::1', 'a:<b', '{', '\\', 'a:\\', 'a:\\u12', 'not', 'not(a:b)', '<', 'a <', 'a:(x or)', 'a:(or x) b:c',
  ])('refuses %j', (text) => {
    const { ast, diagnostics } = parseKql(text);
    if (text === 'not') expect(tree(text)).toBe('any field: "not"');
    else if (text === 'a:b and') expect(tree(text)).toBe('a: "b and"');
    else if (text === 'a:(x or)') expect(tree(text)).toBe('a: "x or"');
    else {
      expect(ast).toBeUndefined();
      expect(diagnostics.length).toBeGreaterThan(0);
    }
  }); // prettier-ignore

  it('refuses leading wildcards only when told to', () => {
    expect(parseKql('a:*b').ast).toBeDefined();
    expect(parseKql('a:*b', { allowLeadingWildcards: false }).diagnostics[0]?.message).toBe(
      'leading wildcards are switched off',
    );
    expect(parseKql('a:* and *b:c', { allowLeadingWildcards: false }).ast).toBeDefined();
  });
});

const shown = (text: string): string => {
  const source = new SourceFile('query', text);
  return parseKql(text)
    .diagnostics.map(({ message, span, help }) =>
      [message, ...frame(source, [{ span, primary: true }]), `help: ${help ?? ''}`].join('\n'),
    )
    .join('\n\n');
};

describe('messages of parseKql', () => {
  it.each([
    ['process.name = "cmd.exe"', 'KQL compares with ":", not with "="\n1 | process.name = "cmd.exe"\n  |              ^\nhelp: write field: value; "=" is an ordinary character here'],
    ['process.name == "cmd.exe"', 'KQL compares with ":", not with "=="\n1 | process.name == "cmd.exe"\n  |              ^^\nhelp: write field: value; "=" is an ordinary character here'],
    ['a: not b', '"not" cannot stand behind ":"\n1 | a: not b\n  |    ^^^\nhelp: write not field: value, or field: (not value)'],
    ['not not a:b', '"not" cannot stand twice\n1 | not not a:b\n  | ^^^^^^^\nhelp: write not (not field: value)'],
    ['not(a:b)', '"not" needs a blank behind it\n1 | not(a:b)\n  | ^^^\nhelp: write not (…)'],
    ['a in (b, c)', 'KQL has no "in"\n1 | a in (b, c)\n  |      ^\nhelp: write field: (one or another)'],
    ['a:>1', '":" and ">" together\n1 | a:>1\n  |   ^\nhelp: write the range without ":": field > value'],
    ['a:b c:d', 'a second ":" in one comparison\n1 | a:b c:d\n  |      ^\nhelp: escape it as \\: or put the value in quotes; between two comparisons write "and" or "or"'],
    ['a:C:\\Windows', 'a second ":" in one comparison\n1 | a:C:\\Windows\n  |    ^\nhelp: escape it as \\: or put the value in quotes; between two comparisons write "and" or "or"'],
    ['a:\\Windows', '"\\W" is not an escape\n1 | a:\\Windows\n  |   ^^\nhelp: write \\\\ for a backslash, or put the value in quotes'],
    ['a:"x', 'the quoted text has no end\n1 | a:"x\n  |   ^\nhelp: close it with a double quote'],
    ['a:"C:\\"', 'the quoted text has no end\n1 | a:"C:\\"\n  |   ^\nhelp: a backslash before the closing quote escapes it: write "C:\\\\" with two'],
    ['(a:b', '"(" is not closed\n1 | (a:b\n  | ^\nhelp: add the closing ")"'],
    ['a:b)', '")" closes nothing\n1 | a:b)\n  |    ^\nhelp: take it out, or add the opening one'],
    ['a:b and ', '"and" has nothing behind it\n1 | a:b and\n  |     ^^^\nhelp: add the second condition, or take the keyword out'],
    ['a:', 'a value is missing behind ":"\n1 | a:\n  |  ^\nhelp: write field: value'],
    ['a:C:\\Windows\\*', 'a second ":" in one comparison\n1 | a:C:\\Windows\\*\n  |    ^\nhelp: escape it as \\:; between two comparisons write "and" or "or"'],
    ['a:*\\Windows', '"\\W" is not an escape\n1 | a:*\\Windows\n  |    ^^\nhelp: write \\\\ for a backslash'],
    ['a:x\\[y', '"\\[" is not an escape\n1 | a:x\\[y\n  |    ^^\nhelp: "[" needs no escape; for a backslash write \\\\'],
    ['a: do not go', '"not" inside a value\n1 | a: do not go\n  |       ^^^\nhelp: put the value in quotes; "not" negates only in front of a comparison'],
    ['a > (1 or 2)', '">" takes one value, not a list\n1 | a > (1 or 2)\n  |     ^\nhelp: write field > value for each, joined with "and" or "or"'],
    ['a:()', 'the list of values is empty\n1 | a:()\n  |   ^^\nhelp: put at least one value between the parentheses'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  }); // prettier-ignore

  it('goes on behind a fault, and keeps what it could read', () => {
    const { ast, partial, diagnostics } = parseKql('a:\\W and b:c and (d:not e or f:g) and h:() or i:j');
    expect(ast).toBeUndefined();
    expect(diagnostics.map(({ message, span }) => [message, span.start])).toEqual([
      ['"\\W" is not an escape', 2],
      ['"not" cannot stand behind ":"', 20],
      ['the list of values is empty', 40],
    ]);
    expect(partial === undefined ? '' : flat(kqlTree(partial))).toBe('or(and(b: "c"; f: "g"); i: "j")');
  });

  it('gives one message for one missing parenthesis', () => {
    expect(parseKql('(a:b and (c:d or e:f) and g:h').diagnostics).toHaveLength(1);
    expect(parseKql('a:b and () and c:d').diagnostics.map((one) => one.message)).toEqual(['the parentheses are empty']);
    expect(parseKql('(a:(b or "c) and d:e').diagnostics.map((one) => one.message)).toEqual([
      'the quoted text has no end',
    ]);
  });
});

describe('hostile texts', () => {
  it.each([
    ['parentheses', '('.repeat(100_000)],
    ['closing ones', ')'.repeat(100_000)],
    ['braces', 'a:{'.repeat(50_000)],
    ['nots', 'not '.repeat(50_000)],
    ['lists', 'a:('.repeat(50_000)],
    ['blanks', `a:b${' '.repeat(100_000)}c`],
    ['blanks before a keyword', `a:b${' '.repeat(100_000)}and c:d`],
    ['keywords', 'and '.repeat(50_000)],
    ['quotes', '"'.repeat(100_001)],
    ['backslashes', '\\'.repeat(100_001)],
    ['stars', `a:${'*'.repeat(100_000)}`],
    ['lone surrogates', '\ud800\udc00\ud800 : \udfff'.repeat(10_000)],
    ['conditions', Array.from({ length: 20_000 }, (_, at) => `f${at}:v`).join(' and ')],
    ['faulty conditions', Array.from({ length: 20_000 }, (_, at) => `f${at}:\\W`).join(' and ')],
  ])('%s', (_what, text) => {
    const start = performance.now();
    const { diagnostics } = parseKql(text);
    expect(diagnostics.length).toBeLessThanOrEqual(20);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
