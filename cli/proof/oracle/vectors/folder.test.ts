import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test-support.ts';
import { readFolder } from './folder.ts';

/** A folder with one file. */
function folderOf(name: string, content: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
  return folder;
}

const VECTORS = JSON.stringify({ vectors: [{ id: 'v', language: 'dsl', query: { match_all: {} } }] });

describe('readFolder', () => {
  it('reads what a server can be asked, without files of other kinds', () => {
    const folder = folderOf('dsl/eval.json', VECTORS);
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, 'dsl/standard_tokens.json'), JSON.stringify({ vectors: [{ id: 't', text: 'a' }] }));
    const read = readFolder(folder).map(({ name, indices, texts }) => [name, indices.length, texts.length]);
    expect(read).toEqual([
      ['dsl/eval', 1, 0],
      ['dsl/standard_tokens', 0, 1],
    ]);
  });

  it.each([
    ['a folder that is empty', () => temporaryFolder()],
    ['files of other kinds', () => folderOf('eval.json', VECTORS)],
    ['a file without vectors', () => folderOf('dsl/eval.json', '{"vectors":[]}')],
    ['a folder in the place of the file', () => join(folderOf('a/dsl/eval.json/x.txt', ''), 'a')],
  ])('says that %s holds no vectors', (_, make) => {
    const folder = make();
    expect(() => readFolder(folder)).toThrow(
      `${folder} holds no vectors: they are looked for in dsl/eval.json, kql/eval.json, lucene/eval.json and real/*.json`,
    );
  });

  it('says what is no folder, and what is not there', () => {
    const file = join(folderOf('eval.json', VECTORS), 'eval.json');
    expect(() => readFolder(file)).toThrow(`${file} is no folder: name the one that holds dsl/eval.json`);
    expect(() => readFolder(`${file}.gone`)).toThrow(`${file}.gone does not exist`);
  });

  it('names a file that is no JSON', () => {
    const folder = folderOf('dsl/eval.json', '{"vectors":[');
    expect(() => readFolder(folder)).toThrow(`${join(folder, 'dsl/eval.json')} is not JSON: `);
  });
});
