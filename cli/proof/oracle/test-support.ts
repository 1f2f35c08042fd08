import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Json } from '../../text/json.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dac-oracle-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A JDK whose programs are shell scripts. */
export function fakeJava(scripts: Readonly<Record<'java' | 'javac', string>>): string {
  const home = temporaryFolder();
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'release'), 'JAVA_VERSION="21.0.1"\n');
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(home, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(home, 'bin', name), 0o755);
  }
  return home;
}

/** A cache whose artifacts of 9.2.0 are fetched already. */
export function cacheWithArtifacts(): { readonly cache: string; readonly folder: string } {
  const cache = temporaryFolder();
  const folder = join(cache, '9.2.0');
  for (const each of ['home', 'jars']) mkdirSync(join(folder, 'artifacts', each), { recursive: true });
  return { cache, folder };
}

export interface AskedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly body: Json;
  /** What is sent in the place of `body`, JSON or not. */
  readonly text?: string;
}

/** A server that answers as an Elasticsearch would; undefined breaks the connection. */
export async function fakeServer(
  answer: (request: AskedRequest) => FakeAnswer | undefined,
  product = 'Elasticsearch',
): Promise<{ readonly url: string; readonly asked: readonly AskedRequest[] }> {
  const asked: AskedRequest[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const one = { method: request.method ?? '', path: request.url ?? '', body };
      asked.push(one);
      const given = answer(one);
      if (given === undefined) return request.socket.destroy();
      response.writeHead(given.status ?? 200, { 'x-elastic-product': product, 'content-type': 'application/json' });
      return response.end(given.text ?? JSON.stringify(given.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
