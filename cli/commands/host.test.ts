import { relative, resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absolute, isInside, shown } from './host.ts';

const written = fc
  .array(fc.constantFrom('a', 'b', 'a.toml', '.', '..', '', '.git', 'a..b', 'ab'), { maxLength: 5 })
  .chain((parts) => fc.constantFrom(parts.join('/'), `/${parts.join('/')}`, `/a/b/${parts.join('/')}`));
const folder = fc.constantFrom('/', '/a', '/a/b', '/a/.git');

describe('paths', () => {
  it('are made absolute and shown as node:path has them', () => {
    fc.assert(
      fc.property(folder, written, (cwd, path) => {
        expect(absolute({ cwd }, path)).toBe(resolve(cwd, path));
        expect(shown({ cwd }, path)).toBe(relative(cwd, resolve(cwd, path)) || '.');
      }),
      { numRuns: 1000 },
    );
  });

  it('lie in a folder if the way from there leads down, and nothing on it is left out or doubled', () => {
    fc.assert(
      fc.property(folder, written, (top, path) => {
        const between = relative(top, path);
        const below = between === '' || (between.split(sep)[0] !== '..' && resolve(top, between) === path);
        expect(isInside(top, path)).toBe(path.startsWith(top) && below);
      }),
      { numRuns: 1000 },
    );
  });
});
