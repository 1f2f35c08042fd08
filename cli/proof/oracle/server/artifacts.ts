import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { NotRun } from '../not-run.ts';
import { wantSpace, type Environment } from './cache.ts';
import { howItEnded, runCommand } from './command.ts';
import type { ServerVersion } from './versions.ts';

/** The unpacked server: `home` is its home folder, `jars` its module path. */
export interface Artifacts {
  readonly home: string;
  readonly jars: string;
}

/** Megabytes: the artifacts are some 40, once in Maven's own repository and once here. */
const SPACE = 250;
const MAVEN_SECONDS = 300;

/** Jars of the plugin; every other one is the server's. */
const PLUGIN_JARS = /^(?:netty-|transport-netty4-|elasticsearch-ssl-config-)/;

/** Finds a program on the path. */
function onPath(names: readonly string[], env: Environment): string | undefined {
  for (const folder of (env['PATH'] ?? '').split(delimiter))
    for (const name of names) if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

/** The server's artifacts in `folder`, fetched by Maven at first use. Throws a NotRun. The caller holds the lock. */
export async function artifacts(
  folder: string,
  version: ServerVersion,
  env: Environment,
  signal?: AbortSignal,
): Promise<Artifacts> {
  const whole = join(folder, 'artifacts');
  const found = { home: join(whole, 'home'), jars: join(whole, 'jars') };
  if (existsSync(whole)) return found;
  const maven = onPath(process.platform === 'win32' ? ['mvn.cmd', 'mvn.bat'] : ['mvn'], env);
  if (maven === undefined) throw new NotRun('no Maven');
  wantSpace(folder, SPACE);
  const made = join(folder, `artifacts-${process.pid}`);
  try {
    rmSync(made, { recursive: true, force: true });
    mkdirSync(join(made, 'all'), { recursive: true });
    writeFileSync(join(made, 'pom.xml'), pom(version));
    const args = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${join(made, 'all')}`];
    const bounds = { cwd: made, seconds: MAVEN_SECONDS, ...(signal === undefined ? {} : { signal }) };
    const result = await runCommand(maven, args, bounds);
    if (result.code !== 0) {
      const why = (result.timedOut ? undefined : mavenFault(result.output)) ?? howItEnded(maven, result);
      throw new NotRun(`no artifacts of Elasticsearch ${version.version}: ${why}`);
    }
    arrange(made, version);
    // Whole or not there: a run that is ended on its way leaves no half of it.
    renameSync(made, whole);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return found;
}

/** Why Maven failed, without the addresses that it asked; undefined where it does not say. */
export function mavenFault(output: string): string | undefined {
  if (/No space left on device/i.test(output)) return 'the disk is full';
  if (/Could not find artifact/.test(output)) return 'the registry does not serve them';
  if (/Could not transfer|Unknown host|Connection|offline|timed out|UnresolvableModel/i.test(output))
    return 'the registry cannot be reached';
  const line = /^\[ERROR\] (.*)$/m.exec(output)?.[1];
  return line?.replaceAll(/\bhttps?:\/\/\S+/g, '…').slice(0, 200);
}

const dependency = (group: string, name: string, version: string): string =>
  `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;

const pom = ({
  version,
  transport = version,
}: ServerVersion): string => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>oracle</groupId><artifactId>oracle</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    ${dependency('org.elasticsearch', 'elasticsearch', version)}
    ${dependency('org.elasticsearch.plugin', 'transport-netty4', transport)}
  </dependencies>
</project>
`;

/** Sorts the jars into the server's module path and the one plugin, whose descriptor its build would have made. */
function arrange(folder: string, { version, java }: ServerVersion): void {
  const plugin = join(folder, 'home/modules/transport-netty4');
  for (const each of ['home/config', 'home/plugins', 'home/lib', 'home/modules/transport-netty4', 'jars'])
    mkdirSync(join(folder, each), { recursive: true });
  for (const jar of readdirSync(join(folder, 'all')))
    cpSync(join(folder, 'all', jar), join(PLUGIN_JARS.test(jar) ? plugin : join(folder, 'jars'), jar));
  rmSync(join(folder, 'all'), { recursive: true });
  const descriptor = {
    name: 'transport-netty4',
    description: 'HTTP and transport',
    version,
    'elasticsearch.version': version,
    'java.version': String(java),
    classname: 'org.elasticsearch.transport.netty4.Netty4Plugin',
    modulename: 'org.elasticsearch.transport.netty4',
    'has.native.controller': 'false',
    licensed: 'false',
  };
  const lines = Object.entries(descriptor).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(join(plugin, 'plugin-descriptor.properties'), lines.join(''));
}
