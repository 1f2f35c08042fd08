import { appendFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FORMATS, isFormat, type Format } from '../report/formats.ts';
import { KnownError } from '../text/known-error.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Host } from './host.ts';

/** Where a text goes: a file as a person wrote it, or stdout. */
export interface Target {
  readonly path?: string;
  /** True: the file is continued, as GitHub wants its job summary. */
  readonly append?: boolean;
}

/** One report of a run. */
export interface Output extends Target {
  readonly format: Format;
}

/** Variables by which coding agents tell that they run a command: they read text, and pay for each line. */
const AGENTS = ['CLAUDECODE', 'CURSOR_AGENT', 'CODEX_SANDBOX', 'GEMINI_CLI', 'OPENCODE', 'AUGMENT_AGENT', 'CLINE_ACTIVE', 'AI_AGENT']; // prettier-ignore

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/** True when a coding agent reads the output. */
export const isAgent = (host: Host): boolean => AGENTS.some((name) => isSet(host.env[name]));

/** Formats that can follow another one on stdout; all others have to be alone there, so that a program can read them. */
const LINES = new Set<Format>(['pretty', 'concise', 'github', 'markdown']);

/** `--format pretty --format sarif=out.sarif`. Without any, what suits the place: terminal, pipe, agent, GitHub. */
export function outputsOf(host: Host, written: readonly string[]): readonly Output[] {
  if (written.length === 0) return defaults(host);
  const outputs = written.map(parse);
  const onStdout = outputs.filter((one) => one.path === undefined);
  const alone = onStdout.find((one) => !LINES.has(one.format));
  if (alone !== undefined && onStdout.length > 1)
    throw new KnownError(`${alone.format} has to be alone on stdout`, {
      help: `give one of the formats a file: --format ${alone.format}=FILE`,
    });
  return outputs;
}

function defaults(host: Host): readonly Output[] {
  const outputs: Output[] = [{ format: host.terminal && !isAgent(host) ? 'pretty' : 'concise' }];
  if (host.env['GITHUB_ACTIONS'] !== 'true') return outputs;
  outputs.push({ format: 'github' });
  const summary = host.env['GITHUB_STEP_SUMMARY'];
  if (summary !== undefined && summary !== '') outputs.push({ format: 'markdown', path: summary, append: true });
  return outputs;
}

const parse = (written: string): Output => parseFormat(written, Object.keys(FORMATS), isFormat);

/** `name` or `name=FILE`; `-` is stdout, too. Throws a KnownError for a format that is not among the known ones. */
export function parseFormat<F extends string>(
  written: string,
  known: readonly string[],
  isKnown: (name: string) => name is F,
): { readonly format: F } & Target {
  const at = written.indexOf('=');
  const name = at < 0 ? written : written.slice(0, at);
  if (!isKnown(name))
    throw new KnownError(`there is no format ${name}${didYouMean(name, known)}`, {
      help: `the formats are ${known.join(', ')}`,
    });
  if (at < 0) return { format: name };
  const path = written.slice(at + 1);
  if (path === '') throw new KnownError(`--format ${name}= names no file`, { help: `write --format ${name}=FILE` });
  return path === '-' ? { format: name } : { format: name, path };
}

/** Writes a text to its file or to stdout. */
export function put(host: Host, output: Target, text: string): void {
  if (output.path === undefined) return host.out(text);
  try {
    (output.append === true ? appendFileSync : writeFileSync)(resolve(host.cwd, output.path), text);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'error';
    throw new KnownError(`${output.path} cannot be written (${code})`, { cause, help: 'does its folder exist?' });
  }
}
