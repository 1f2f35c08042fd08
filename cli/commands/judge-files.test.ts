import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULTS, ruleText } from '../lint/test-kit.ts';
import { judge } from '../lint/verdict.ts';
import { LazyRuleFile } from '../rule/lazy-file.ts';
import { loadRuleFile } from '../rule/load.ts';
import type { RuleFile } from '../rule/rule.ts';
import { packageRoot } from '../text/package-root.ts';
import { judgeFiles } from './judge-files.ts';

/** A package with the thread's program in it, as the build makes it. */
const folder = mkdtempSync(join(tmpdir(), 'dac-threads-'));
const program = pathToFileURL(join(folder, 'judge-thread.mjs'));
beforeAll(async () => {
  copyFileSync(join(packageRoot(), 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(packageRoot(), 'schemas'), join(folder, 'schemas'));
  await build({
    entryPoints: [join(packageRoot(), 'cli/commands/judge-thread.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: join(folder, 'judge-thread.mjs'),
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lock = { '8f2a9c14-0f7e-4d1b-9f55-6a0d3c1e7b20': { version: 7 } };
const QUERIES = ['process where process.nme == "x"', 'process where process.name == "x"', 'process where'];

/** Rules that are right, wrong and no TOML; `asked` counts what this thread was asked for. */
function setUp() {
  let asked = 0;
  const files = Array.from({ length: 60 }, (_, index): RuleFile => {
    const path = `rules/linux/defense_evasion_${index}.toml`;
    const text = index % 20 === 7 ? '[rule\n' : ruleText({ name: `Rule ${index}`, query: QUERIES[index % 3] ?? '' });
    const bytes = new TextEncoder().encode(text);
    if (index === 5) return loadRuleFile(path, text, { lock });
    return new LazyRuleFile(path, bytes, () => {
      asked++;
      return loadRuleFile(path, bytes, { lock });
    });
  });
  return { files, asked: () => asked, expected: files.map((file) => judge(file, DEFAULTS)) };
}

const OPTIONS = { context: DEFAULTS, lock, dependsOnMore: (path: string) => path.endsWith('_9.toml') };

describe('files that several threads judge', () => {
  it('have the verdicts that one thread makes, in their order', async () => {
    const { files, expected } = setUp();
    expect(new Set(expected.map((one) => one.problems.length)).size).toBeGreaterThan(2);
    for (const threads of [1, 2, 4])
      expect(await judgeFiles(files, { ...OPTIONS, threads, program })).toEqual(expected);
  });

  it('are judged here where a thread fails or is not there', async () => {
    const { files, expected } = setUp();
    const broken = pathToFileURL(join(folder, 'broken.mjs'));
    // It takes the first turn and ends.
    writeFileSync(
      broken,
      "import { workerData } from 'node:worker_threads'; Atomics.add(workerData.turns, 0, 8); throw new Error('no');",
    );
    expect(await judgeFiles(files, { ...OPTIONS, threads: 3, program: broken })).toEqual(expected);
    const missing = pathToFileURL(join(folder, 'missing.mjs'));
    expect(await judgeFiles(files, { ...OPTIONS, threads: 3, program: missing })).toEqual(expected);
  });
});
