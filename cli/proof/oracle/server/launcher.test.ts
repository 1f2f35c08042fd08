import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeJava, temporaryFolder } from '../test-support.ts';
import { compiledLauncher } from './launcher.ts';

describe.skipIf(process.platform === 'win32')('compiling the launcher', () => {
  it.each([
    ['exit 3', 'ended with exit code 3 and said nothing'],
    ['echo "Launcher.java:1: error: no such class" >&2; exit 1', 'ended with exit code 1 and said "no such class"'],
    ['kill -9 $$', 'cannot be run, or was ended and said nothing'],
  ])('says how `%s` failed', async (script, said) => {
    const [home, folder] = [fakeJava({ java: 'exit 0', javac: script }), temporaryFolder()];
    await expect(compiledLauncher(folder, { home, major: 21 }, folder)).rejects.toThrow(
      `the launcher does not compile for this version: ${join(home, 'bin/javac')} ${said}`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
