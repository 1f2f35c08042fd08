import { readEvents, type EventFile } from '../engine/events/read-events.ts';
import type { Finding } from '../text/diagnostic.ts';
import { KnownError } from '../text/known-error.ts';
import { span } from '../text/span.ts';
import type { SuiteFiles } from './files.ts';

export type CaseKind = 'positive' | 'negative';

/** A file of events in a suite folder. */
export interface Fixture {
  /** What a suite calls it: its path in the folder without the ending, `positive/wget_from_tmp`. */
  readonly name: string;
  /** By its folder; undefined outside of positive/ and negative/. */
  readonly kind: CaseKind | undefined;
  readonly path: string;
}

const ENDING = /\.(json|ndjson|jsonl)(\.gz)?$/;
const KINDS = ['positive', 'negative'] as const;

/** Folders inside each other, at most; a suite has one. */
const MAX_DEPTH = 20;

export const withoutEnding = (name: string): string => name.replace(ENDING, '');

/** `positive/x` is positive by its name, like a file in that folder. */
export const kindOfName = (name: string): CaseKind | undefined => KINDS.find((one) => name.startsWith(`${one}/`));

export const unusedFile = (path: string, help: string): Finding => ({
  id: 'suite/unused-file',
  severity: 'error',
  path,
  span: span(0, 0),
  message: 'no case uses this file',
  why: 'a fixture that nothing reads looks like a test and is none',
  help,
});

/** The fixtures of a suite folder, sorted as the file system lists them; other files that could be meant as one are findings. */
export function fixturesOf(
  files: SuiteFiles,
  folder: string,
): { readonly fixtures: readonly Fixture[]; readonly findings: readonly Finding[] } {
  const fixtures: Fixture[] = [];
  const findings: Finding[] = [];
  const walk = (below: string, depth: number): void => {
    for (const entry of files.list(below === '' ? folder : `${folder}/${below}`) ?? []) {
      const inside = below === '' ? entry.name : `${below}/${entry.name}`;
      const path = `${folder}/${inside}`;
      if (entry.kind === 'folder' && depth < MAX_DEPTH) walk(inside, depth + 1);
      else if (entry.kind === 'link')
        findings.push(
          unusedFile(path, 'this is a symbolic link, and links are not followed; put the file itself here'),
        );
      else if (entry.kind === 'file' && ENDING.test(entry.name))
        fixtures.push({ name: withoutEnding(inside), kind: kindOfName(inside), path });
      else if (inside !== 'suite.toml' && !entry.name.startsWith('.') && !/^readme(\.md)?$/i.test(entry.name))
        findings.push(
          unusedFile(path, 'fixtures end in .json, .ndjson or .jsonl (plain or .gz); rename it or take it out'),
        );
    }
  };
  walk('', 0);
  return { fixtures, findings };
}

/** The events of a fixture. A file that cannot be opened is a problem like any other. */
export function readFixture(files: SuiteFiles, path: string): EventFile {
  try {
    return readEvents(path, files.read(path) ?? new Uint8Array());
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return {
      events: [],
      problems: [
        {
          id: 'events/not-readable',
          severity: 'error',
          path,
          span: span(0, 0),
          message: error.message,
          ...(error.help === undefined ? {} : { help: error.help }),
        },
      ],
    };
  }
}
