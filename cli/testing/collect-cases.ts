import { eventProblem } from '../engine/events/decode.ts';
import { readEvents } from '../engine/events/read-events.ts';
import type { Event } from '../fields/event.ts';
import type { Finding } from '../text/diagnostic.ts';
import { KnownError } from '../text/known-error.ts';
import { span } from '../text/span.ts';
import { suggest } from '../text/suggest.ts';
import type { Expectation } from './expectation.ts';
import type { SuiteFiles } from './files.ts';
import { hasField, setField, unsetField } from './override.ts';
import type { Suite, WrittenCase } from './suite.ts';

/** A case ready to be run, or the problem that keeps it from it. */
export interface Case {
  readonly name: string;
  readonly kind: 'positive' | 'negative';
  readonly path: string;
  readonly line: number;
  readonly events: readonly Event[];
  readonly expectation: Expectation;
  readonly problem?: Finding;
}

export interface CollectedCases {
  readonly cases: readonly Case[];
  readonly findings: readonly Finding[];
}

const FIXTURE = /\.(json|ndjson|jsonl)(\.gz)?$/;
const KINDS = ['positive', 'negative'] as const;
const withoutEnding = (name: string): string => name.replace(FIXTURE, '');

interface Fixture {
  readonly name: string;
  readonly kind: 'positive' | 'negative' | undefined;
  readonly path: string;
  used: boolean;
}

/** All files of a suite folder, each with the name that a suite calls it by: its path without the ending. */
function fixturesOf(files: SuiteFiles, folder: string): { fixtures: Fixture[]; findings: Finding[] } {
  const fixtures: Fixture[] = [];
  const findings: Finding[] = [];
  const walk = (below: string): void => {
    for (const entry of files.list(below === '' ? folder : `${folder}/${below}`) ?? []) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.kind === 'folder') walk(path);
      else if (FIXTURE.test(entry.name)) {
        const kind = KINDS.find((one) => path.startsWith(`${one}/`));
        fixtures.push({ name: withoutEnding(path), kind, path: `${folder}/${path}`, used: false });
      } else if (path !== 'suite.toml' && !entry.name.startsWith('.') && !/^readme(\.md)?$/i.test(entry.name))
        findings.push({
          id: 'suite/unused-file',
          severity: 'error',
          path: `${folder}/${path}`,
          span: span(0, 0),
          message: 'no case uses this file',
          why: 'a fixture that nothing reads looks like a test and is none',
          help: 'fixtures end in .json, .ndjson or .jsonl (plain or .gz); rename it or take it out',
        });
    }
  };
  walk('');
  return { fixtures, findings };
}

const firstProblem = (problems: readonly Finding[]): { problem: Finding } | object =>
  problems[0] === undefined ? {} : { problem: problems[0] };

/**
 * The cases of a suite: one for each file under positive/ and negative/, and those that suite.toml writes. Findings name
 * what does not fit: a file nobody uses, a name used twice, a base that is not there.
 */
export function collectCases(files: SuiteFiles, folder: string, suite: Suite | undefined): CollectedCases {
  const { fixtures, findings } = fixturesOf(files, folder);
  const cases: Case[] = [];
  const read = (path: string): ReturnType<typeof readEvents> => {
    try {
      return readEvents(path, files.read(path) ?? new Uint8Array());
    } catch (error) {
      if (!(error instanceof KnownError)) throw error;
      const { message, help } = error;
      return {
        events: [],
        problems: [eventProblem(path, 'events/not-readable', message, help === undefined ? {} : { help })],
      };
    }
  };

  for (const fixture of fixtures) {
    if (fixture.kind === undefined) continue;
    fixture.used = true;
    const { events, problems } = read(fixture.path);
    const expected = suite?.expectations.get(fixture.name);
    cases.push({
      name: fixture.name,
      kind: fixture.kind,
      path: fixture.path,
      line: 1,
      events,
      expectation: expected?.expectation ?? {},
      ...firstProblem(problems),
    });
    findings.push(...problems.slice(1));
  }

  if (suite !== undefined) {
    for (const [name, { span: where }] of suite.expectations)
      if (!cases.some((one) => one.name === name))
        findings.push(
          suiteFinding(suite, 'suite/unknown-case', where, `there is no case file ${name}`, {
            names: cases.map((one) => one.name),
            help: 'an expectation names a file by its path in the suite, without the ending',
          }),
        );
    for (const written of suite.cases) {
      const made = writtenToCase(written, suite, fixtures, read);
      findings.push(...made.findings);
      if (made.found !== undefined) cases.push(made.found);
    }
  }

  const seen = new Map<string, Case>();
  for (const one of cases) {
    const before = seen.get(one.name);
    if (before !== undefined)
      findings.push({
        id: 'suite/duplicate-case',
        severity: 'error',
        path: one.path,
        span: span(0, 0),
        message: `two cases are called ${one.name}`,
        why: 'a report could not tell which of them failed',
        help: `rename one of them; the other is ${before.path}:${before.line}`,
      });
    seen.set(one.name, one);
  }
  for (const fixture of fixtures)
    if (!fixture.used)
      findings.push({
        id: 'suite/unused-file',
        severity: 'error',
        path: fixture.path,
        span: span(0, 0),
        message: 'no case uses this file',
        why: 'a fixture that nothing reads looks like a test and is none',
        help: 'move it into positive/ or negative/, or name it as base or events of a case in suite.toml',
      });
  return { cases, findings };
}

function suiteFinding(
  suite: Suite,
  id: string,
  where: { readonly start: number; readonly end: number },
  message: string,
  more: { readonly names?: readonly string[]; readonly word?: string; readonly why?: string; readonly help: string },
): Finding {
  const meant =
    more.names === undefined ? undefined : suggest(more.word ?? message.split(' ').at(-1) ?? '', more.names);
  return {
    id,
    severity: 'error',
    path: suite.path,
    span: where,
    message,
    ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
    ...(more.why === undefined ? {} : { why: more.why }),
    help: more.help,
  };
}

function writtenToCase(
  written: WrittenCase,
  suite: Suite,
  fixtures: readonly Fixture[],
  read: (path: string) => ReturnType<typeof readEvents>,
): { readonly found?: Case; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const names = fixtures.map((one) => one.name);
  const lookUp = (name: string, key: string): Fixture | undefined => {
    const fixture = fixtures.find((one) => one.name === withoutEnding(name));
    if (fixture === undefined)
      findings.push(
        suiteFinding(suite, 'suite/unknown-case', written.place(key), `there is no fixture ${name}`, {
          names,
          word: name,
          help: 'a fixture is named by its path in the suite, without the ending',
        }),
      );
    else fixture.used = true;
    return fixture;
  };

  const base = written.base === undefined ? undefined : lookUp(written.base, 'base');
  const listed = (written.events ?? []).map((name) => lookUp(name, 'events'));
  const sources = [base, ...listed].filter((one) => one !== undefined);
  if (findings.length > 0 || sources.length === 0) return { findings };

  const kind = written.kind ?? base?.kind;
  if (kind === undefined)
    return {
      findings: [
        suiteFinding(
          suite,
          'suite/no-kind',
          written.place('name'),
          `case ${written.name} does not say what it expects`,
          {
            help: 'add kind = "positive" or kind = "negative"',
          },
        ),
      ],
    };

  const parts = sources.map((fixture) => read(fixture.path));
  const problems = parts.flatMap((part) => part.problems);
  const events = parts.flatMap((part) => part.events).map((event, ordinal) => ({ ...event, ordinal }));
  if (written.baseEvent !== undefined && !(written.baseEvent >= 1 && written.baseEvent <= events.length))
    return {
      findings: [
        suiteFinding(suite, 'suite/unknown-case', written.place('base'), `the base has no event ${written.baseEvent}`, {
          help: `it has ${events.length}; they count from 1`,
        }),
      ],
    };
  const chosen = (event: Event): boolean => written.baseEvent === undefined || event.ordinal === written.baseEvent - 1;
  for (const field of written.unset)
    if (!events.some((event) => chosen(event) && hasField(event.source, field)))
      findings.push(
        suiteFinding(suite, 'suite/unset-missing', written.place('unset'), `the base has no field ${field} to unset`, {
          why: 'the case would be the same as its base and show nothing',
          help: 'check the spelling of the field',
        }),
      );
  if (findings.length > 0) return { findings };
  return {
    findings: problems.slice(1),
    found: {
      name: written.name,
      kind,
      path: suite.path,
      line: written.line,
      events: events.map((event) => (chosen(event) ? { ...event, source: changed(event.source, written) } : event)),
      expectation: written.expectation,
      ...firstProblem(problems),
    },
  };
}

function changed(source: Event['source'], { set, unset }: WrittenCase): Event['source'] {
  let result = source;
  for (const field of unset) result = unsetField(result, field);
  for (const [field, value] of Object.entries(set)) result = setField(result, field, value);
  return result;
}
