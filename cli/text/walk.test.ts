import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { walk } from './walk.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dac-walk-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('finds files by ending, sorted, and leaves node_modules and .git out', () => {
  for (const path of ['b/x.toml', 'a.toml', 'b/y.txt', 'node_modules/m.toml', '.git/g.toml']) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  expect(walk(folder, /\.toml$/).map((path) => relative(folder, path))).toEqual(['a.toml', 'b/x.toml']);
});

it('enters a circle of links once', () => {
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'in/a.toml'), '');
  symlinkSync(folder, join(folder, 'in/loop'));
  expect(walk(folder, /\.toml$/).map((path) => relative(folder, path))).toEqual(['in/a.toml']);
});

it('gives nothing for a path that is not there, and a file for itself', () => {
  writeFileSync(join(folder, 'a.toml'), '');
  expect(walk(join(folder, 'none'), /\.toml$/)).toEqual([]);
  expect(walk(join(folder, 'a.toml'), /\.toml$/)).toEqual([join(folder, 'a.toml')]);
});
