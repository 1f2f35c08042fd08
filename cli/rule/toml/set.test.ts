import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iarna from '@iarna/toml';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../text/json.ts';
import { packageRoot } from '../../text/package-root.ts';
import { SourceFile } from '../../text/source-file.ts';
import { walk } from '../../text/walk.ts';
import type { Pointer } from '../rule.ts';
import { parseToml } from './document.ts';
import { setValue, valueAt, withoutNulls, withValue } from './set.ts';
import { layoutOf } from './statements.ts';
import { documents, plainText } from './test-documents.ts';
import { writeToml } from './write.ts';

const read = (text: string): JsonObject => parseToml(new SourceFile('x.toml', text)).data ?? {};
const second = (text: string): unknown => JSON.parse(JSON.stringify(iarna.parse(text)));

/** Every path of a document, tables and elements included. */
function pointers(value: Json, above: Pointer = []): Pointer[] {
  const below = Array.isArray(value)
    ? (value as readonly Json[]).flatMap((one, index) => pointers(one, [...above, index]))
    : isJsonObject(value)
      ? Object.keys(value).flatMap((key) => pointers(value[key] ?? null, [...above, key]))
      : [];
  return [...(above.length > 0 ? [above] : []), ...below];
}

/** A comment on a line of its own before each statement, and one behind each that ends its line. */
function commented(text: string): string {
  let number = 0;
  return layoutOf(text).statements.map(({ span, header }) => {
    const line = text.slice(span.start, span.end).replace(/\n$/, '');
    number++;
    return `${header ? '\n' : ''}# above ${number}\n${line} # behind ${number}\n`;
  }).join(''); // prettier-ignore
}

const comments = (text: string): string[] => text.match(/# (?:above|behind) \d+$/gm) ?? [];

const value: fc.Arbitrary<Json> = fc.oneof(plainText, fc.integer(), fc.array(plainText, { maxLength: 5 }), documents, fc.array(documents, { maxLength: 3 })); // prettier-ignore

describe('a value that is set', () => {
  it('changes the document and nothing else, for both readers', () => {
    const cases = documents.chain((document) => {
      const known = pointers(withoutNulls(document));
      const place = known.length === 0 ? fc.constant<Pointer>(['new']) : fc.oneof(fc.constantFrom(...known), fc.constantFrom(...known).map((one) => [...one.filter((part) => typeof part === 'string').slice(0, 1), 'new'])); // prettier-ignore
      return fc.tuple(fc.constant(document), place, fc.option(value, { nil: undefined }));
    });
    fc.assert(
      fc.property(cases, fc.boolean(), ([document, pointer, put], crlf) => {
        const above = valueAt(document, pointer.slice(0, -1));
        fc.pre(Array.isArray(above) ? typeof pointer.at(-1) === 'number' : isJsonObject(above));
        const text = commented(writeToml(document));
        const edited = setValue(crlf ? text.replaceAll('\n', '\r\n') : text, pointer, put);
        const wanted = withValue(withoutNulls(document), pointer, put === undefined ? undefined : withoutNulls(put));
        expect(read(edited)).toEqual(wanted);
        // The second reader cannot read comments in files with CRLF.
        if (!crlf) expect(second(edited)).toEqual(wanted);
        else if (text.includes('\n')) expect(edited.replaceAll('\r\n', '')).not.toContain('\n');
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps the comments of everything else', () => {
    const cases = documents.chain((document) => {
      const known = pointers(withoutNulls(document)).filter((one) => one.every((part) => typeof part === 'string'));
      return fc.tuple(fc.constant(document), known.length === 0 ? fc.constant<Pointer>(['new']) : fc.constantFrom(...known), value); // prettier-ignore
    });
    fc.assert(
      fc.property(cases, ([document, pointer, put]) => {
        const text = commented(writeToml(document));
        const path = pointer.join('\0');
        const inside = layoutOf(text).statements.filter((one) => one.path === path || one.path.startsWith(`${path}\0`));
        const gone = new Set(inside.flatMap(({ span }) => comments(text.slice(text.lastIndexOf('# above', span.start), span.end)))); // prettier-ignore
        const kept = comments(setValue(text, pointer, put));
        expect(kept.filter((one) => !gone.has(one))).toEqual(comments(text).filter((one) => !gone.has(one)));
      }),
      { numRuns: 300 },
    );
  });

  it('changes no byte when it is the value that stands there', () => {
    const files = ['rules', 'test-data'].flatMap((folder) => walk(join(packageRoot(), folder), /\.toml$/)).slice(0, 12);
    expect(files.length).toBe(12);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const document = read(text);
      for (const pointer of pointers(document)) expect(setValue(text, pointer, valueAt(document, pointer))).toBe(text);
    }
  });
});

const RULE = `# the licence
[metadata]
creation_date = "2026/01/02" # first

[rule]
index = [
    "a-*", # agents
    # old beats
    "b-*",
]
# name by request of the desk
name = 'A "quoted" name'
tags = ["one", "two"]
query = '''
process where true
'''

[[rule.threat]] # one
framework = "F"

[rule.threat.tactic]
id = "TA1" # tactic

[[rule.threat]]
framework = "G"
`;

describe('the text around a change', () => {
  it.each<[string, Pointer, Json | undefined, string, string]>([
    ['quotes stay', ['rule', 'name'], 'B "q"', `'A "quoted" name'`, `'B "q"'`],
    ['quotes change when they have to', ['rule', 'name'], "it's", `'A "quoted" name'`, `"it's"`],
    ['a query stays a block', ['rule', 'query'], 'process where "x" : "\\\\"\n', 'process where true', 'process where "x" : "\\\\"'], // prettier-ignore
    ['a query without a line end', ['rule', 'query'], 'any where true', "process where true\n'''", "any where true'''"],
    ['an entry is added on a line of its own', ['rule', 'index'], ['a-*', 'b-*', 'c-*'], '    "b-*",\n', '    "b-*",\n    "c-*",\n'], // prettier-ignore
    ['an entry goes, with its comment', ['rule', 'index'], ['b-*'], '    "a-*", # agents\n', ''],
    ['an entry is changed in its line', ['rule', 'index'], ['z-*', 'b-*'], '"a-*", # agents', '"z-*", # agents'],
    ['an entry comes in between', ['rule', 'index'], ['a-*', 'x', 'b-*'], '# agents\n', '# agents\n    "x",\n'],
    ['one entry goes and another comes, and what stays keeps its comment', ['rule', 'index'], ['x-*', 'y-*', 'b-*', 'z-*'], '"a-*", # agents\n    # old beats\n    "b-*",\n', '"x-*", # agents\n    "y-*",\n    # old beats\n    "b-*",\n    "z-*",\n'], // prettier-ignore
    ['a list on one line stays there', ['rule', 'tags'], ['one', 'x', 'two'], '["one", "two"]', '["one", "x", "two"]'],
    ['a new key stands where its name belongs', ['rule', 'risk_score'], 5, 'tags =', 'risk_score = 5\ntags ='],
    ['a new last key stands before the query', ['rule', 'version'], 5, "query = '''", "version = 5\nquery = '''"],
    ['a new query stands last', ['rule', 'threat_query'], 'x\n', "true\n'''\n", "true\n'''\nthreat_query = '''\nx\n'''\n"], // prettier-ignore
    ['a key goes, the comment above it stays', ['rule', 'name'], undefined, `name = 'A "quoted" name'\n`, ''],
    ['a key in a table of a list', ['rule', 'threat', 0, 'tactic', 'id'], 'TA2', '"TA1" # tactic', '"TA2" # tactic'],
    ['a table is put after those that come before it', ['rule', 'alert'], { by: ['x'] }, "true\n'''\n\n", "true\n'''\n\n[rule.alert]\nby = [\"x\"]\n\n"], // prettier-ignore
    ['a table at the end', ['rule', 'zoo'], { a: 1 }, 'framework = "G"\n', 'framework = "G"\n\n[rule.zoo]\na = 1\n'],
    ['an element is added', ['rule', 'threat'], [{ framework: 'F', tactic: { id: 'TA1' } }, { framework: 'G' }, { framework: 'H' }], 'framework = "G"\n', 'framework = "G"\n\n[[rule.threat]]\nframework = "H"\n'], // prettier-ignore
    ['an element goes', ['rule', 'threat'], [{ framework: 'F', tactic: { id: 'TA1' } }], '\n[[rule.threat]]\nframework = "G"\n', ''], // prettier-ignore
    ['the first element goes', ['rule', 'threat'], [{ framework: 'G' }], '[[rule.threat]] # one\nframework = "F"\n\n[rule.threat.tactic]\nid = "TA1" # tactic\n\n', ''], // prettier-ignore
    ['an element is changed member by member', ['rule', 'threat'], [{ framework: 'F', tactic: { id: 'TA3' } }, { framework: 'G' }], '"TA1"', '"TA3"'], // prettier-ignore
    ['all elements go', ['rule', 'threat'], undefined, RULE.slice(RULE.indexOf('\n[[rule.threat]]')), ''],
  ])('%s', (_, pointer, put, before, after) => {
    const parts = RULE.split(before);
    expect(parts).toHaveLength(2);
    expect(setValue(RULE, pointer, put)).toBe(parts.join(after));
  });

  it.each<[string, string, Pointer, Json | undefined, string]>([
    ['a byte order mark stays', '\ufeffa = 1\n', ['a'], 2, '\ufeffa = 2\n'],
    ['CRLF stays', 'a = 1\r\nb = 2\r\n', ['aa'], 'x', 'a = 1\r\naa = "x"\r\nb = 2\r\n'],
    ['mixed line ends stay', 'a = 1\r\nb = 2\nc = 3\r\n', ['c'], 4, 'a = 1\r\nb = 2\nc = 4\r\n'],
    ['dotted keys', 'a.b = 1 # c\na.c = 2\n', ['a', 'b'], 3, 'a.b = 3 # c\na.c = 2\n'],
    ['inline tables', 'a = { b = 1 } # c\n', ['a', 'c'], 'x', 'a = { b = 1, c = "x" } # c\n'],
    ['no last line end', 'a = 1', ['b'], 2, 'a = 1\nb = 2\n'],
    ['an empty file', '', ['rule', 'a'], 1, '[rule]\na = 1\n'],
    ['a table that only its inner tables name', '[a.b]\nc = 1\n', ['a', 'd'], 1, '[a.b]\nc = 1\n\n[a]\nd = 1\n'],
    ['tables in pieces', '[a.b]\nx = 1\n[c]\n[a.d]\ny = 1\n', ['a'], { b: { x: 2 } }, '[a.b]\nx = 2\n[c]\n'],
  ])('%s', (_, text, pointer, put, wanted) => {
    expect(setValue(text, pointer, put)).toBe(wanted);
  });
});
