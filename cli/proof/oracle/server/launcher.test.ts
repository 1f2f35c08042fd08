import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test-support.ts';
import { compiledLauncher } from './launcher.ts';

/** A Java whose compiler is a shell script. */
function javaWith(script: string) {
  const home = temporaryFolder();
  mkdirSync(join(home, 'bin'));
  const javac = join(home, 'bin/javac');
  writeFileSync(javac, `#!/bin/sh\n${script}\n`);
  chmodSync(javac, 0o755);
  return { java: { home, major: 21 }, javac };
}

describe.skipIf(process.platform === 'win32')('compiling the launcher', () => {
  it.each([
    ['exit 3', 'ended with exit code 3 and said nothing'],
    ['echo "Launcher.java:1: error: no such class" >&2; exit 1', 'ended with exit code 1 and said "no such class"'],
    ['kill -9 $$', 'cannot be run, or was ended and said nothing'],
  ])('says how `%s` failed', async (script, said) => {
    const [{ java, javac }, folder] = [javaWith(script), temporaryFolder()];
    await expect(compiledLauncher(folder, java, folder)).rejects.toThrow(
      `the launcher does not compile for this version: ${javac} ${said}`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
