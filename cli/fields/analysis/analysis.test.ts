import { describe, expect, it } from 'vitest';
import type { AnalyzerDefinition } from '../mapping.ts';
import { analyze, builtInAnalyzer, normalizeKeyword } from './index.ts';
import { standardTokens } from './standard-tokenizer.ts';

const words = (text: string): string[] => standardTokens(text).map(({ term }) => term);

const terms = (text: string, analyzer: AnalyzerDefinition | undefined): string[] => {
  if (analyzer === undefined) throw new Error('no such analyzer');
  return analyze(text, analyzer).map(({ term }) => term);
};

describe('the standard tokenizer', () => {
  it.each<[string, string[]]>([
    ['cmd.exe System.IO 10.0.0.1 1,000.50', ['cmd.exe', 'System.IO', '10.0.0.1', '1,000.50']],
    ["don't rock'n'roll 'quoted'", ["don't", "rock'n'roll", 'quoted']],
    ['foo_bar _ __x__ foo-bar a:b x:1 1:2', ['foo_bar', '__x__', 'foo', 'bar', 'a:b', 'x', '1', '1', '2']],
    ['user@example.com C:\\Windows\\a.txt', ['user', 'example.com', 'C', 'Windows', 'a.txt']],
    ['a1.b2 3.x v1.2.3', ['a1', 'b2', '3', 'x', 'v1.2.3']],
    ['\u65e5\u672c\u8a9e \u3072\u3089', ['\u65e5', '\u672c', '\u8a9e', '\u3072', '\u3089']],
    ['\u30ab\u30bf\u30ab\u30ca \ud55c\uad6d\uc5b4 \u0e44\u0e17\u0e22', ['\u30ab\u30bf\u30ab\u30ca', '\ud55c\uad6d\uc5b4', '\u0e44\u0e17\u0e22']],
    ['e\u0301t\u00ad\u00e9 a\u200bb a\u200db', ['e\u0301t\u00ad\u00e9', 'a', 'b', 'a\u200db']],
    ['\u05d0\u05f3 \u05d0\u05d1"\u05d2 \u05d0\' a"b', ['\u05d0\u05f3', '\u05d0\u05d1"\u05d2', "\u05d0'", 'a', 'b']],
    ['\u02c2a a\u3005b \ua720b a\u202fb', ['\u02c2a', 'a\u3005b', '\ua720b', 'a\u202fb']],
    ['\u2605 \u2600x \u{1fb00}a', ['\u2605', '\u2600', 'x', '\u{1fb00}', 'a']],
    ['\u0e44\u0e17\u0e22\u0e50 \u1a20\u1a21 \u1950\u1951', ['\u0e44\u0e17\u0e22', '\u0e50', '\u1a20\u1a21', '\u1950\u1951']],
    ['...!?\t\n', []],
    ['', []],
  ])('splits %j', (text, tokens) => {
    expect(words(text)).toEqual(tokens);
  }); // prettier-ignore

  it('keeps each emoji sequence whole', () => {
    expect(words('go👍🏽👍 👨‍👩‍👧 🇩🇪🇫🇷 🇩 #️⃣ 1️⃣ ❤️ # *')).toEqual([
      'go', '👍🏽', '👍', '👨‍👩‍👧', '🇩🇪', '🇫🇷', '#️⃣', '1️⃣', '❤️',
    ]); // prettier-ignore
  });

  it('cuts words at 255 UTF-16 units, never through a character', () => {
    expect(words('a'.repeat(600)).map((word) => word.length)).toEqual([255, 255, 90]);
    expect(words('\u{10400}'.repeat(200)).map((word) => word.length)).toEqual([254, 146]);
    expect(standardTokens(`${'a'.repeat(256)} b`).map(({ position }) => position)).toEqual([0, 1, 2]);
  });

  it('is quick on long text', () => {
    const start = performance.now();
    expect(words(`${"a'".repeat(50_000)}${'\u05d0"'.repeat(50_000)}`).length).toBeGreaterThan(1);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('analyzers', () => {
  it('lower case per code point, without special rules', () => {
    expect(terms('\u0130STANBUL Stra\u00dfe \u03a3\u03a3', builtInAnalyzer('standard'))).toEqual([
      'istanbul',
      'stra\u00dfe',
      '\u03c3\u03c3',
    ]);
  });

  it('split as their names say', () => {
    const text = 'A-b c_1, D';
    expect(
      ['standard', 'whitespace', 'simple', 'keyword', 'pattern'].map((name) => terms(text, builtInAnalyzer(name))),
    ).toEqual([
      ['a', 'b', 'c_1', 'd'],
      ['A-b', 'c_1,', 'D'],
      ['a', 'b', 'c', 'd'],
      ['A-b c_1, D'],
      ['a', 'b', 'c_1', 'd'],
    ]);
    expect(builtInAnalyzer('constructor')).toBeUndefined();
  });

  it('find the parts of PowerShell that the standard one joins', () => {
    const powershell: AnalyzerDefinition = {
      type: 'pattern',
      lowercase: true,
      pattern: '[\\W&&[^-]]+',
      typeName: 'pattern',
    };
    expect(terms('[System.IO.Compression.DeflateStream] Invoke-Expression $x', powershell)).toEqual([
      'system', 'io', 'compression', 'deflatestream', 'invoke-expression', 'x',
    ]); // prettier-ignore
  });

  it('refuse by name what they cannot run', () => {
    const analyzer = (more: Partial<AnalyzerDefinition>): AnalyzerDefinition => ({
      type: 'pattern',
      lowercase: true,
      typeName: 'snowball',
      ...more,
    });
    expect(() => analyze('x', analyzer({ type: 'unsupported' }))).toThrow('analyzer snowball cannot be run offline');
    expect(() => analyze('x', analyzer({ pattern: '(a+)+' }))).toThrow(
      'the pattern analyzer (a+)+ cannot be run offline',
    );
    expect(() => normalizeKeyword('x', 'mine')).toThrow('normalizer mine cannot be run offline');
    expect([normalizeKeyword('\u00c0B', 'lowercase'), normalizeKeyword('\u00c0B', undefined)]).toEqual([
      '\u00e0b',
      '\u00c0B',
    ]);
  });
});
