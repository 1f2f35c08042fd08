import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ids } from '../lint/registry.ts';
import { KnownError } from '../text/known-error.ts';
import { packageRoot } from '../text/package-root.ts';
import { didYouMean } from '../text/suggest.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';

export interface ExplainOptions {
  /** False: `--no-pager`. */
  readonly pager?: boolean;
}

/** `dac explain [ID]`: the page of a check, or the list of all ids. */
export function explain(host: Host, id: string | undefined, options: ExplainOptions): ExitCode {
  page(host, id === undefined ? list() : pageOf(id), options.pager !== false);
  return 0;
}

function list(): string {
  const width = Math.max(...ids.map((one) => one.id.length));
  return ids.map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`).join('');
}

/** Only known ids are looked up, so that an argument never becomes a path. */
function pageOf(id: string): string {
  const entry = ids.find((one) => one.id === id);
  if (entry === undefined) {
    const category = ids.filter((one) => one.id.startsWith(`${id}/`)).map((one) => one.id);
    throw new KnownError(`there is no check ${id}${didYouMean(id, ids.map((one) => one.id))}`, {
      help: category.length > 0 ? `${id} has ${category.join(', ')}` : 'dac explain lists them all',
    }); // prettier-ignore
  }
  const path = join(packageRoot(), 'docs/checks', `${entry.id}.md`);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  return `# ${entry.id}\n\n${entry.summary}\n\nSeverity: ${entry.severity}.\n`;
}

/** Through `$PAGER` only on a terminal, and only what is longer than a screen. */
function page(host: Host, text: string, wanted: boolean): void {
  const pager = host.env['PAGER'];
  const long = text.split('\n').length > (host.rows ?? Infinity);
  if (!wanted || !host.terminal || !long || pager === undefined || pager === '') return host.out(text);
  const { status, error } = spawnSync(pager, { input: text, shell: true, stdio: ['pipe', 'inherit', 'inherit'] });
  if (error !== undefined || status !== 0) host.out(text);
}
