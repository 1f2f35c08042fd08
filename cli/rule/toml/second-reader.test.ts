import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iarna from '@iarna/toml';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../text/package-root.ts';
import { SourceFile } from '../../text/source-file.ts';
import { walk } from '../../text/walk.ts';
import { parseToml } from './document.ts';

const ours = (text: string) => parseToml(new SourceFile('x.toml', text)).data;
/** Plain JSON of what the second reader sees: its tables carry symbols of its own. */
const theirs = (text: string): unknown => JSON.parse(JSON.stringify(iarna.parse(text)));

describe('a second, independent TOML reader', () => {
  const files = ['rules', 'test-data'].flatMap((folder) => walk(join(packageRoot(), folder), /\.toml$/));

  it('sees the same in every file of this repository', () => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      expect(ours(text)).toEqual(theirs(text));
    }
  });

  it('writes what the first one reads', () => {
    const key = fc.stringMatching(/^[a-z_]{1,8}$/);
    // The second reader takes inherited names such as "constructor" for tables that are there already.
    const safe = key.filter((one) => !(one in {}));
    const text = fc.string({ unit: fc.constantFrom(...'ab "\'\\\n\t#=[]{}é😀') });
    const scalar = fc.oneof(text, fc.integer(), fc.boolean());
    const { table } = fc.letrec<{ table: Record<string, unknown> }>((tie) => ({
      table: fc.dictionary(
        safe,
        fc.oneof({ maxDepth: 3 }, scalar, fc.array(text), fc.array(fc.integer()), tie('table'), fc.array(tie('table'))),
        { maxKeys: 4, noNullPrototype: true },
      ),
    }));
    fc.assert(
      fc.property(table, (value) => {
        expect(ours(iarna.stringify(value as iarna.JsonMap))).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });
});
