import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { NotRun } from '../not-run.ts';
import type { Environment } from './cache.ts';

/** A JDK: the launcher is compiled with it, too. */
export interface Java {
  readonly home: string;
  readonly major: number;
}

/** Folders whose members are JVMs, by the custom of each system. */
export const JVM_FOLDERS: readonly string[] = [
  '/usr/lib/jvm',
  '/usr/java',
  '/opt/java',
  '/Library/Java/JavaVirtualMachines',
  join(homedir(), '.sdkman/candidates/java'),
  join(homedir(), '.jdks'),
  'C:\\Program Files\\Java',
  'C:\\Program Files\\Eclipse Adoptium',
];

const binary = (home: string, name: string): string =>
  join(home, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

/** The first JDK of at least version `least`: of JAVA_HOME, the path, the system's JVMs. Throws a NotRun. */
export function findJava(least: number, env: Environment, folders: readonly string[] = JVM_FOLDERS): Java {
  let newest = 0;
  for (const home of homes(env, folders)) {
    const major = majorOf(home);
    if (major === undefined || !existsSync(binary(home, 'java'))) continue;
    if (major >= least && existsSync(binary(home, 'javac'))) return { home, major };
    newest = Math.max(newest, major);
  }
  if (newest === 0) throw new NotRun(`no Java ${least}`);
  throw new NotRun(
    newest >= least
      ? `no Java ${least} with a compiler (the Java ${newest} found has no javac)`
      : `no Java ${least} (the newest found is ${newest})`,
  );
}

export const javaCommand = (java: Java): string => binary(java.home, 'java');
export const javacCommand = (java: Java): string => binary(java.home, 'javac');

/** Homes of JVMs, each once, in the order in which they are tried. */
function homes(env: Environment, folders: readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (home: string | undefined): void => {
    if (home !== undefined && home !== '' && existsSync(home)) found.add(realpathSync(home));
  };
  add(env['JAVA_HOME']);
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const java = join(folder, process.platform === 'win32' ? 'java.exe' : 'java');
    if (folder !== '' && existsSync(java)) add(dirname(dirname(realpathSync(java))));
  }
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) {
      const bundle = join(folder, name, 'Contents/Home');
      add(existsSync(bundle) ? bundle : join(folder, name));
    }
  }
  return found;
}

/** The version that a JVM states in its file `release`: `JAVA_VERSION="21.0.4"`, or `1.8.0` for Java 8. */
function majorOf(home: string): number | undefined {
  const file = join(home, 'release');
  if (!existsSync(file)) return undefined;
  const version = /^JAVA_VERSION="?(?:1\.)?(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1];
  return version === undefined ? undefined : Number(version);
}
