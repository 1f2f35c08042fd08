import { createHash } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotRun } from '../not-run.ts';
import type { Artifacts } from './artifacts.ts';
import { howItEnded, runCommand } from './command.ts';
import { javacCommand, javaCommand, type Java } from './java.ts';

const SOURCE = fileURLToPath(new URL('Launcher.java', import.meta.url));
/** Bounds of the heap and of the memory beside it. */
const MEMORY = ['-Xms256m', '-Xmx1g', '-XX:MaxDirectMemorySize=256m'];
/** As the server's own start script has it: modules that it finds by name only. */
const MODULES = 'org.elasticsearch.server,jdk.net,jdk.management.agent';

/** Compiles the launcher against the server's jars, at first use and when its source or the Java has changed. */
export async function compiledLauncher(
  folder: string,
  java: Java,
  jars: string,
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(SOURCE)).digest('hex').slice(0, 16);
  const whole = join(folder, `launcher-${java.major}-${hash}`);
  if (existsSync(whole)) return whole;
  const made = `${whole}.${process.pid}`;
  mkdirSync(made, { recursive: true });
  try {
    const args = ['-d', made, '-cp', join(jars, '*'), SOURCE];
    const result = await runCommand(javacCommand(java), args, {
      seconds: 120,
      ...(signal === undefined ? {} : { signal }),
    });
    if (result.code !== 0) {
      const [how, said] = [howItEnded(javacCommand(java), result), firstLine(result.output)];
      throw new NotRun(`the launcher does not compile for this version: ${how} and said ${said}`);
    }
    renameSync(made, whole);
    for (const name of readdirSync(folder))
      if (/^launcher-\d+-[0-9a-f]{16}$/.test(name) && join(folder, name) !== whole)
        rmSync(join(folder, name), { recursive: true, force: true });
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return whole;
}

const firstLine = (text: string): string => {
  const line = /\berror: (.*)/.exec(text)?.[1] ?? text.trim().split('\n')[0] ?? '';
  return line === '' ? 'nothing' : `"${line.slice(0, 200)}"`;
};

/** Starts a node that outlives this process. What it prints goes to `out` in its folder. */
export function launch(
  java: Java,
  { home, jars }: Artifacts,
  classes: string,
  node: { readonly folder: string; readonly name: string },
): ChildProcess {
  const out = openSync(join(node.folder, 'out'), 'w');
  try {
    const program = ['-cp', classes, 'Launcher', home, node.folder, node.name];
    const native = java.major >= 21 ? ['--enable-native-access=ALL-UNNAMED'] : [];
    const child = spawn(
      javaCommand(java),
      [...MEMORY, `-Djava.io.tmpdir=${node.folder}`, '-p', jars, `--add-modules=${MODULES}`, ...native, ...program],
      { cwd: node.folder, detached: true, stdio: ['ignore', out, out] },
    );
    child.unref();
    // What cannot be started has no id, which the caller sees.
    child.on('error', () => undefined);
    return child;
  } finally {
    closeSync(out);
  }
}
