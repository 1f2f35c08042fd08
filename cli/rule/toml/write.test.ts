import iarna from '@iarna/toml';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { SourceFile } from '../../text/source-file.ts';
import { parseToml } from './document.ts';
import { withoutNulls } from './set.ts';
import { documents, plainText } from './test-documents.ts';
import { tomlText, type StringStyle } from './write-string.ts';
import { writeToml } from './write.ts';

const read = (text: string) => parseToml(new SourceFile('x.toml', text)).data;
const second = (text: string): unknown => JSON.parse(JSON.stringify(iarna.parse(text)));

describe('a document as TOML', () => {
  it('means the same to both readers', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const text = writeToml(document);
        expect(read(text)).toEqual(withoutNulls(document));
        expect(second(text)).toEqual(withoutNulls(document));
      }),
      { numRuns: 300 },
    );
  });

  it('has the layout of our files', () => {
    const document: JsonObject = {
      rule: {
        type: 'eql',
        query: 'process where process.name : "x\\\\y"\n',
        name: 'A "name"',
        note: '## Triage\n\nLook.\n',
        description: 'one\ntwo\n',
        index: ['logs-*'],
        references: ['https://example.org/' + 'a'.repeat(60), 'https://example.org/' + 'b'.repeat(60)],
        threat: [{ framework: 'F', tactic: { id: 'T' }, technique: [{ id: 'X', subtechnique: [{ id: 'X.1' }] }] }],
        filters: [{ meta: { alias: null, negate: false }, $state: { store: 'appState' } }],
        risk_score: 21,
      },
      metadata: { creation_date: '2026/01/02' },
    };
    expect(writeToml(document)).toBe(`[metadata]
creation_date = "2026/01/02"

[rule]
description = """
one
two
"""
index = ["logs-*"]
name = 'A "name"'
note = """## Triage

Look.
"""
references = [
  "https://example.org/${'a'.repeat(60)}",
  "https://example.org/${'b'.repeat(60)}",
]
risk_score = 21
type = "eql"
query = '''
process where process.name : "x\\\\y"
'''

[[rule.filters]]

[rule.filters."$state"]
store = "appState"

[rule.filters.meta]
negate = false

[[rule.threat]]
framework = "F"

[rule.threat.tactic]
id = "T"

[[rule.threat.technique]]
id = "X"

[[rule.threat.technique.subtechnique]]
id = "X.1"
`);
  });

  it('refuses what TOML cannot hold', () => {
    expect(() => writeToml({ a: [null] })).toThrow('null');
    expect(() => writeToml({ a: '\ud800' })).toThrow('half a character');
    expect(() => writeToml({ a: [{ b: '\udc00' }, 1] })).toThrow('half a character');
  });
});

describe('a string', () => {
  const styles = fc.record<StringStyle>({
    quote: fc.constantFrom('"', "'", '"""', "'''"),
    open: fc.boolean(),
  });

  it('means the same in every kind of quotes, to both readers', () => {
    fc.assert(
      fc.property(plainText, styles, (value, style) => {
        const text = `x = ${tomlText(value, style)}\n`;
        expect(read(text)).toEqual({ x: value });
        expect(second(text)).toEqual({ x: value });
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, string, StringStyle['quote'], string]>([
    ['a literal one that cannot hold its text becomes a basic one', "it's", "'", '"it\'s"'],
    ['a literal block that cannot hold its text becomes a basic one', "a\n'''", "'''", '"""a\n\'\'\'"""'],
    ['line breaks need three quotes', 'a\nb', '"', '"""\na\nb"""'],
    ['what hides itself is written out', 'a\u202eb\u001b[31m', '"', '"a\\u202eb\\u001b[31m"'],
    ['even in a literal block', 'a\u202eb\n', "'''", '"""a\\u202eb\n"""'],
    ['three quotes in a text do not close it', 'a"""b"', '"""', '"""a\\"""b\\""""'],
  ])('%s', (_, value, quote, written) => {
    expect(tomlText(value, { quote, open: false })).toBe(written);
  });
});
