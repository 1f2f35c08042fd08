import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test-support.ts';
import { artifacts, mavenFault } from './artifacts.ts';
import { serverVersion } from './versions.ts';

/** A folder of the path with a Maven that does as the script says. */
function maven(script: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mvn'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'mvn'), 0o755);
  return `${folder}:/bin:/usr/bin`;
}

describe('artifacts', () => {
  it('says that Maven is missing', async () => {
    const folder = temporaryFolder();
    await expect(artifacts(folder, serverVersion(), { PATH: folder })).rejects.toThrow(/^no Maven$/);
  });

  it('sorts the jars into the server and its plugin, and asks Maven once', async () => {
    const folder = temporaryFolder();
    const PATH = maven(
      `for arg; do case $arg in -DoutputDirectory=*) cd "\${arg#*=}";; esac; done
       touch elasticsearch-9.2.0.jar netty-common-4.jar transport-netty4-9.2.0.jar elasticsearch-ssl-config-9.2.0.jar`,
    );
    const { home, jars } = await artifacts(folder, serverVersion(), { PATH });
    expect(readdirSync(jars)).toEqual(['elasticsearch-9.2.0.jar']);
    expect(readdirSync(join(home, 'modules/transport-netty4')).sort()).toEqual([
      'elasticsearch-ssl-config-9.2.0.jar',
      'netty-common-4.jar',
      'plugin-descriptor.properties',
      'transport-netty4-9.2.0.jar',
    ]);
    const descriptor = readFileSync(join(home, 'modules/transport-netty4/plugin-descriptor.properties'), 'utf8');
    expect(descriptor).toContain('elasticsearch.version=9.2.0\njava.version=21\n');
    expect(readdirSync(folder)).toEqual(['artifacts']);
    expect(await artifacts(folder, serverVersion(), { PATH: '' })).toEqual({ home, jars });
  });

  it('leaves nothing behind where Maven fails', async () => {
    const folder = temporaryFolder();
    const PATH = maven('echo "[ERROR] Could not transfer artifact x from https://registry.example/x"; exit 1');
    await expect(artifacts(folder, serverVersion(), { PATH })).rejects.toThrow(
      'no artifacts of Elasticsearch 9.2.0: the registry cannot be reached',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes away what a run that was ended had begun', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, `artifacts-${process.pid}/jars`), { recursive: true });
    await expect(artifacts(folder, serverVersion(), { PATH: maven('exit 1') })).rejects.toThrow(
      /^no artifacts of Elasticsearch 9\.2\.0: .*mvn ended with exit code 1$/,
    );
    expect(existsSync(join(folder, `artifacts-${process.pid}`))).toBe(false);
  });
});

describe('mavenFault', () => {
  it.each([
    [
      '[ERROR] Could not find artifact org.elasticsearch:elasticsearch:jar:9.9.9 in central',
      'the registry does not serve them',
    ],
    ['java.net.UnknownHostException: Unknown host x', 'the registry cannot be reached'],
    ['[ERROR] x: No space left on device', 'the disk is full'],
    ['[ERROR] The thing at http://registry.example/a is odd', 'The thing at … is odd'],
    ['', undefined],
  ])('reads %s', (output, said) => {
    expect(mavenFault(output)).toBe(said);
  });
});
