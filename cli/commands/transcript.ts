import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Host } from './host.ts';
import { main } from './main.ts';

/** Everything a run leaves behind. */
export interface Transcript {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Working directory below the folder. */
  readonly in?: string;
  readonly terminal?: boolean;
}

/** A temporary folder of files, and the program run in it; for tests. */
export class Sandbox {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'dac test ')));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  write(path: string, content: string | Uint8Array): void {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
  }

  /** Runs `dac` with these arguments. The clock stands still: 2026-01-02, and every duration is 0. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Transcript> {
    let out = '';
    let err = '';
    const host: Host = {
      cwd: join(this.root, options.in ?? ''),
      env: {
        PATH: process.env['PATH'],
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        ...options.env,
      },
      terminal: options.terminal === true,
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      stdin: () =>
        typeof options.stdin === 'string'
          ? new TextEncoder().encode(options.stdin)
          : (options.stdin ?? new Uint8Array()),
      now: () => Date.UTC(2026, 0, 2),
      clock: () => 0,
    };
    const code = await main(args, host);
    return { code, out, err };
  }

  /** Paths of all files but the cache, sorted; to show that a run wrote nothing. */
  files(): readonly string[] {
    return readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !entry.parentPath.includes('.dac-cache'))
      .map((entry) => relative(this.root, join(entry.parentPath, entry.name)))
      .sort();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A small rule without findings, with some of its lines replaced: `{ severity: '"high"' }`. */
export function ruleText(changes: Readonly<Record<string, string>> = {}): string {
  const lines: Readonly<Record<string, string>> = {
    author: '["dac"]',
    description: '"A program that transfers files was started."',
    from: '"now-9m"',
    index: '["logs-endpoint.events.process*"]',
    language: '"eql"',
    license: '"Apache-2.0"',
    name: '"Curl Started"',
    risk_score: '21',
    rule_id: '"9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a01"',
    severity: '"low"',
    tags: '["Domain: Endpoint", "OS: Linux", "Use Case: Threat Detection", "Data Source: Elastic Defend"]',
    timestamp_override: '"event.ingested"',
    type: '"eql"',
    version: '1',
    query: `'''\nprocess where host.os.type == "linux" and process.name == "curl"\n'''`,
    ...changes,
  };
  const body = Object.entries(lines).map(([key, value]) => `${key} = ${value}\n`);
  return `[metadata]
creation_date = "2025/01/02"
integration = ["endpoint"]
maturity = "production"
updated_date = "2025/01/02"

[rule]
${body.join('')}`;
}

/** An event of the process data stream, with fields of its own. */
export const eventText = (fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    _index: 'logs-endpoint.events.process-default',
    '@timestamp': '2026-01-01T00:00:00.000Z',
    'event.category': ['process'],
    'host.os.type': 'linux',
    ...fields,
  });

/** A repository of one rule with its suite, at its proper places. */
export const repository = (): Readonly<Record<string, string>> => ({
  'rules/linux/curl_started.toml': ruleText(),
  'test-data/linux/curl_started/positive/curl.json': eventText({ 'process.name': 'curl' }),
  'test-data/linux/curl_started/negative/wget.json': eventText({ 'process.name': 'wget' }),
});
