import { elements } from '../../text/json.ts';
import type { DesiredValueList } from '../desired/desired.ts';
import { canonicalValue } from '../normalise/values.ts';
import type { Entry } from '../plan/plan.ts';
import type { FileChange, Skipped } from './pull.ts';

export interface ValuesInput {
  readonly known: readonly DesiredValueList[];
  readonly entries: readonly Entry[];
  readonly text: (path: string) => string;
  /** The file at a path as the last commit has it; undefined: it is in no commit. */
  readonly committed: (path: string) => string | undefined;
}

/**
 * What has to be done to the files of value lists so that they hold the values of the space: lines whose value is gone go, new
 * values come at the end, every other byte stays. A list that both sides have changed is left to a person.
 */
export function pullValues({ known, entries, text, committed }: ValuesInput): {
  readonly changes: readonly FileChange[];
  readonly skipped: readonly Skipped[];
} {
  const changes: FileChange[] = [];
  const skipped: Skipped[] = [];
  for (const { id, type, path } of known) {
    const entry = entries.find((one) => one.kind === 'valueList' && one.id === id && one.action !== 'delete');
    const change = entry?.fields.find((one) => one.field === 'values');
    if (entry === undefined || change === undefined || change.changedIn === 'repository') continue;
    const before = text(path);
    // What is in no commit, nobody else has: where the last apply is not known, it is not overwritten.
    if (change.changedIn === 'both' || (change.changedIn === 'unknown' && committed(path) !== before)) {
      skipped.push({
        kind: 'valueList',
        id,
        name: entry.name,
        why: 'both sides have changed its values',
        help: `dac plan shows both; make ${path} hold what is meant, then apply with --overwrite-conflicts`,
      });
      continue;
    }
    const values = elements(change.space).filter((one) => typeof one === 'string');
    const after = withValues(type, before, new Set(values));
    if (after.text === before) continue;
    changes.push({
      kind: 'valueList',
      action: 'change',
      id,
      name: entry.name,
      path,
      before,
      text: after.text,
      taken: after.taken,
      kept: [],
      conflicts: [],
      ...(entry.changed === undefined ? {} : { changed: entry.changed }),
    });
  }
  return { changes, skipped };
}

function withValues(
  type: string,
  before: string,
  wanted: ReadonlySet<string>,
): { readonly text: string; readonly taken: readonly string[] } {
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const valueOf = (line: string): string => canonicalValue(type, line.replace(/^\ufeff/, ''));
  const there = new Set(lines.map(valueOf));
  const gone = [...there].filter((value) => value !== '' && !wanted.has(value));
  const added = [...wanted].filter((value) => !there.has(value)).sort();
  const kept = lines.filter((line) => !gone.includes(valueOf(line))).join('');
  const joint = added.length === 0 || kept === '' || kept.endsWith('\n') ? '' : end;
  return {
    text: `${kept}${joint}${added.map((value) => `${value}${end}`).join('')}`,
    taken: [...told('+', added), ...told('-', gone)],
  };
}

/** Values that are named one by one; more are a number. */
const NAMED = 5;

const told = (sign: string, values: readonly string[]): readonly string[] =>
  values.length > NAMED ? [`${sign} ${values.length} values`] : values.map((value) => `${sign} ${value}`);
