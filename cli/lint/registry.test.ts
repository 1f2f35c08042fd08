import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../text/package-root.ts';
import { checks, ids } from './registry.ts';

const root = packageRoot();
const files = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => name.split(sep).join('/'))
    .sort();

const code = /(?<!\.test)\.ts$/;

describe('the registry', () => {
  it('lists exactly the checks that have a file, each under the name of its file', () => {
    expect(checks.map((check) => check.id).sort()).toEqual(
      files('cli/lint/checks', code).map((name) => name.replace(/\.ts$/, '')),
    );
  });

  it('knows each id once', () => {
    const known = ids.map((one) => one.id);
    expect(known).toEqual([...new Set(known)].sort());
  });

  it('knows every id that the code emits', () => {
    const known = new Set(ids.map((one) => one.id));
    const categories = new Set([...known].map((id) => id.split('/')[0]));
    const unknown = files('cli', code).flatMap((name) =>
      [...readFileSync(join(root, 'cli', name), 'utf8').matchAll(/'([a-z]+)\/([a-z]+(?:-[a-z]+)*)'/g)]
        .filter(([, category = '']) => categories.has(category))
        .map(([, category = '', rest = '']) => `${category}/${rest}`)
        .filter((id) => !known.has(id))
        .map((id) => `${id} in ${relative('.', name)}`),
    );
    expect(unknown).toEqual([]);
  });

  it('has a sentence for each id', () => {
    for (const { id, summary } of ids)
      expect({ id, summary }).toEqual({ id, summary: expect.stringMatching(/^[A-Z].*\.$/) as string });
  });
});
