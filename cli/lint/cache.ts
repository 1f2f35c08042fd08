import { hash } from 'node:crypto';
import { isJsonObject } from '../text/json.ts';
import type { RuleFile } from '../rule/rule.ts';
import type { PlacedVerdict } from './conclude.ts';
import type { Verdict } from './verdict.ts';

/** All that a verdict depends on beside the file itself. */
export interface RunIdentity {
  /** Of the program, its schemas and its tables. */
  readonly build: string;
  /** Stack, lint settings, version lock: everything that checks can see. */
  readonly settings: unknown;
}

type Entry = readonly [digest: string, verdict: Verdict];

const MAGIC = 'dac-lint-1';
const sha = (text: string): string => hash('sha256', text, 'hex');

const isEntry = (value: unknown): value is Entry =>
  Array.isArray(value) &&
  typeof value[0] === 'string' &&
  isJsonObject(value[1]) &&
  Array.isArray(value[1]['problems']) &&
  Array.isArray(value[1]['suppressions']) &&
  isJsonObject(value[1]['facts']);

/**
 * Verdicts of an earlier run, by path and by the content of the file. A run of another build or with other settings finds
 * nothing in it. Whatever was done to the stored text, the worst that can happen is that it is not used.
 */
export class VerdictCache {
  readonly #identity: string;
  readonly #entries: Map<string, Entry>;
  #changed = false;
  /** Verdicts that did not have to be made. */
  hits = 0;

  private constructor(identity: string, entries: Map<string, Entry>) {
    this.#identity = identity;
    this.#entries = entries;
  }

  /** `stored` is what `text` returned in an earlier run; undefined if there is nothing. */
  static open(stored: string | undefined, run: RunIdentity): VerdictCache {
    const identity = sha(JSON.stringify([run.build, run.settings]));
    return new VerdictCache(identity, read(stored, identity) ?? new Map<string, Entry>());
  }

  get(path: string, digest: string): Verdict | undefined {
    const entry = this.#entries.get(path);
    if (entry?.[0] !== digest) return undefined;
    this.hits++;
    return entry[1];
  }

  set(path: string, digest: string, verdict: Verdict): void {
    this.#entries.set(path, [digest, verdict]);
    this.#changed = true;
  }

  /** Drops the files that are gone. */
  keep(paths: ReadonlySet<string>): void {
    for (const path of this.#entries.keys())
      if (!paths.has(path)) this.#changed = this.#entries.delete(path) || this.#changed;
  }

  /** What to store; undefined if that is what is stored already. */
  text(): string | undefined {
    if (!this.#changed) return undefined;
    const body = JSON.stringify([...this.#entries]);
    return `${MAGIC} ${this.#identity} ${sha(body)}\n${body}`;
  }
}

/**
 * What each file says alone: from the cache where it holds the file as it is now, else from `judgeAll`, which is asked only
 * if some file needs it, because with it comes all that reads queries. `besideOf`: hash of what a verdict depends on
 * beside its file and the run, by the path of the file.
 */
export async function cachedVerdicts(
  files: readonly RuleFile[],
  cache: VerdictCache | undefined,
  judgeAll: (files: readonly RuleFile[]) => Promise<readonly Verdict[]>,
  besideOf: (path: string) => string | undefined = () => undefined,
): Promise<readonly PlacedVerdict[]> {
  const known = files.map((file) => {
    const { path } = file;
    const digest = cache === undefined ? undefined : digestWith(file.digest, besideOf(path));
    return { file, path, digest, verdict: digest === undefined ? undefined : cache?.get(path, digest) };
  });
  const open = known.filter((one) => one.verdict === undefined);
  const made = new Map<RuleFile, Verdict>();
  if (open.length > 0)
    (await judgeAll(open.map((one) => one.file))).forEach((verdict, index) => {
      const one = open[index];
      if (one === undefined) return;
      made.set(one.file, verdict);
      if (one.digest !== undefined) cache?.set(one.path, one.digest, verdict);
    });
  return known.map(({ file, path, verdict = made.get(file) }) => {
    if (verdict === undefined) throw new Error(`nobody has judged ${path}`);
    return { path, verdict };
  });
}

const digestWith = (digest: string | undefined, beside: string | undefined): string | undefined =>
  digest === undefined || beside === undefined ? digest : `${digest} ${beside}`;

function read(stored: string | undefined, identity: string): Map<string, Entry> | undefined {
  const end = stored?.indexOf('\n') ?? -1;
  if (stored === undefined || end < 0) return undefined;
  const body = stored.slice(end + 1);
  if (stored.slice(0, end) !== `${MAGIC} ${identity} ${sha(body)}`) return undefined;
  const rows: unknown = JSON.parse(body);
  if (!Array.isArray(rows)) return undefined;
  const entries = new Map<string, Entry>();
  for (const row of rows as readonly unknown[]) {
    if (!Array.isArray(row) || typeof row[0] !== 'string' || !isEntry(row[1])) return undefined;
    entries.set(row[0], row[1]);
  }
  return entries;
}
