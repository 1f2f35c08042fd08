import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { walk } from '../../../text/walk.ts';
import { isRefused } from '../answer.ts';
import { OurIndex } from '../ours.ts';
import { readVectors } from './read.ts';

const folder = join(import.meta.dirname, '../kept');
const files = walk(folder, /\.json$/).map((path) => path.slice(folder.length + 1, -'.json'.length));

describe.each(files)('what a server answered: %s', (suite) => {
  const indices = readVectors(suite, readFileSync(join(folder, `${suite}.json`), 'utf8')) ?? [];

  it('is what ours answers, without the server', () => {
    expect(indices.length).toBeGreaterThan(0);
    for (const { mapping, settings, documents, refused, queries } of indices) {
      const ours = OurIndex.create(mapping, settings);
      if (isRefused(ours)) throw new Error(ours.refused);
      expect([...ours.index(documents).keys()]).toEqual([...refused]);
      for (const { id, question, expected } of queries) {
        const answer = ours.search(question, 0);
        if (expected !== undefined) expect([id, isRefused(answer) ? 'fails' : answer]).toEqual([id, expected]);
        else expect([id, isRefused(answer) ? answer.refused : '']).not.toEqual([id, expect.stringMatching('crash')]);
      }
    }
  });
});
