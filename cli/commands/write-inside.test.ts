import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWhole, writeInside } from './write-inside.ts';

let top = '';
let root = '';
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'dac-write-')));
  root = join(top, 'repository');
  mkdirSync(join(root, 'rules'), { recursive: true });
});
afterEach(() => rmSync(top, { recursive: true }));

const put = (path: string, text: string, before?: string): void =>
  writeInside(root, { path: join(root, path), shown: path, text, ...(before === undefined ? {} : { before }) });

describe('a file that is written', () => {
  it('is made with its folders, or replaced with its rights, and leaves nothing beside it', () => {
    put('rules/new/deep/a.toml', 'x');
    chmodSync(join(root, 'rules/new/deep/a.toml'), 0o640);
    put('rules/new/deep/a.toml', 'y', 'x');
    expect(readFileSync(join(root, 'rules/new/deep/a.toml'), 'utf8')).toBe('y');
    expect(lstatSync(join(root, 'rules/new/deep/a.toml')).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(root, 'rules/new/deep'))).toEqual(['a.toml']);
  });

  it('keeps its byte order mark', () => {
    writeFileSync(join(root, 'a'), '\ufeffx');
    expect(readWhole(join(root, 'a'), 'a')).toBe('\ufeffx');
  });

  it.each<[string, () => void, string, string | undefined, string]>([
    ['outside', () => undefined, '../x', undefined, 'outside'],
    ['behind a linked folder', () => symlinkSync(top, join(root, 'rules/out')), 'rules/out/x', undefined, 'a link'],
    ['behind a linked folder that stays inside', () => symlinkSync(root, join(root, 'rules/in')), 'rules/in/x', undefined, 'a link'],
    ['a link', () => symlinkSync(join(top, 'x'), join(root, 'rules/x')), 'rules/x', undefined, 'a link'],
    ['a folder', () => mkdirSync(join(root, 'rules/x')), 'rules/x', 'a', 'no file'],
    ['below a file', () => writeFileSync(join(root, 'rules/x'), ''), 'rules/x/y', undefined, 'no folder'],
    ['new and there', () => writeFileSync(join(root, 'rules/x'), 'a'), 'rules/x', undefined, 'there already'],
    ['old and gone', () => undefined, 'rules/x', 'a', 'gone meanwhile'],
    ['changed meanwhile', () => writeFileSync(join(root, 'rules/x'), 'b'), 'rules/x', 'a', 'changed meanwhile'],
  ])('is refused: %s', (_, prepare, path, before, message) => {
    prepare();
    const list = (): string[] => readdirSync(top, { recursive: true, encoding: 'utf8' }).sort();
    const there = list();
    expect(() => put(path, 'z', before)).toThrow(message);
    expect(list()).toEqual(there);
  }); // prettier-ignore
});
