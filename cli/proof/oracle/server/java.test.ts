import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test-support.ts';
import { findJava } from './java.ts';

/** A folder that looks like a JVM of a version; a runtime alone has no compiler. */
function jvm(folder: string, name: string, version: string, programs = ['java', 'javac']): string {
  const home = join(folder, name);
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'release'), `IMPLEMENTOR="x"\nJAVA_VERSION="${version}"\n`);
  for (const program of programs) writeFileSync(join(home, 'bin', program), '');
  return home;
}

describe('findJava', () => {
  it('takes JAVA_HOME first, then the path, then the JVMs of the system', () => {
    const folder = temporaryFolder();
    const [named, onPath] = [jvm(folder, 'named', '21.0.4'), jvm(folder, 'on-path', '22')];
    const installed = jvm(folder, 'jvms/temurin', '25.0.1');
    mkdirSync(join(folder, 'bin'));
    symlinkSync(join(onPath, 'bin/java'), join(folder, 'bin/java'));
    const jvms = [join(folder, 'jvms')];
    const PATH = join(folder, 'bin');
    expect(findJava(21, { JAVA_HOME: named, PATH }, jvms)).toEqual({ home: named, major: 21 });
    expect(findJava(21, { PATH }, jvms)).toEqual({ home: onPath, major: 22 });
    expect(findJava(21, {}, jvms)).toEqual({ home: installed, major: 25 });
  });

  it('passes by what is too old or has no compiler', () => {
    const folder = temporaryFolder();
    const old = jvm(folder, 'old', '17.0.15');
    jvm(folder, 'jvms/a-runtime', '21', ['java']);
    const home = jvm(folder, 'jvms/b-jdk', '21');
    expect(findJava(21, { JAVA_HOME: old }, [join(folder, 'jvms')])).toEqual({ home, major: 21 });
  });

  it('reads the version of Java 8, and of a bundle of macOS', () => {
    const folder = temporaryFolder();
    const home = jvm(folder, 'jvms/temurin-17.jdk/Contents/Home', '17.0.1');
    expect(findJava(17, {}, [join(folder, 'jvms')])).toEqual({ home, major: 17 });
    const old = jvm(folder, 'eight', '1.8.0_402');
    expect(() => findJava(17, { JAVA_HOME: old }, [])).toThrow('no Java 17 (the newest found is 8)');
  });

  it('says what is missing', () => {
    const folder = temporaryFolder();
    expect(() => findJava(21, { PATH: folder }, [])).toThrow(/^no Java 21$/);
    const old = jvm(folder, 'old', '17.0.15');
    expect(() => findJava(21, { JAVA_HOME: old }, [])).toThrow('no Java 21 (the newest found is 17)');
    const runtime = jvm(folder, 'runtime', '23', ['java']);
    expect(() => findJava(21, { JAVA_HOME: runtime }, [])).toThrow(
      'no Java 21 with a compiler (the Java 23 found has no javac)',
    );
  });
});
