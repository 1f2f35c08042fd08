import type { EventFile } from '../engine/events/read-events.ts';
import type { Event } from '../fields/event.ts';
import type { Finding } from '../text/diagnostic.ts';
import { span, type Span } from '../text/span.ts';
import { suggest } from '../text/suggest.ts';
import { expectationFaults, type Expectation } from './expectation.ts';
import type { SuiteFiles } from './files.ts';
import { fixturesOf, readFixture, unusedFile, type CaseKind, type Fixture } from './fixtures.ts';
import { suiteFinding, type Suite } from './suite.ts';
import { makeCase } from './written-case.ts';

/** A case ready to be run, or the problem that keeps it from it. */
export interface Case {
  readonly name: string;
  readonly kind: CaseKind;
  /** Where the case is written: its fixture, or suite.toml. */
  readonly path: string;
  readonly line: number;
  readonly span: Span;
  readonly events: readonly Event[];
  readonly expectation: Expectation;
  /** What the case shows, in the words of its author. */
  readonly why?: string;
  /** Fields that the case sets and none of its events had before, with their places. */
  readonly added?: readonly { readonly field: string; readonly span: Span }[];
  readonly problem?: Finding;
}

export interface CollectedCases {
  readonly cases: readonly Case[];
  readonly findings: readonly Finding[];
}

/**
 * The cases of a suite: one for each file under positive/ and negative/, and those that suite.toml writes. Findings name
 * what does not fit: a file nobody uses, a name used twice, a base that is not there. `broken`: suite.toml is there and
 * cannot be read, so that nobody knows which files it would use.
 */
export function collectCases(
  files: SuiteFiles,
  folder: string,
  suite: Suite | undefined,
  broken = false,
): CollectedCases {
  const { fixtures, findings: stray } = fixturesOf(files, folder);
  const findings: Finding[] = [...stray];
  const cases: Case[] = [];
  const contents = new Map<Fixture, EventFile>();
  const read = (fixture: Fixture): EventFile => {
    let found = contents.get(fixture);
    if (found === undefined) contents.set(fixture, (found = readFixture(files, fixture.path)));
    return found;
  };

  for (const fixture of fixtures) {
    if (fixture.kind === undefined) continue;
    const { events, problems } = read(fixture);
    const [problem] = problems;
    cases.push({
      name: fixture.name,
      kind: fixture.kind,
      path: fixture.path,
      line: 1,
      span: span(0, 0),
      events,
      expectation: suite?.expectations.get(fixture.name)?.expectation ?? {},
      ...(problem === undefined ? {} : { problem }),
    });
  }
  if (suite !== undefined) {
    findings.push(...unknownExpectations(suite, cases));
    for (const written of suite.cases) {
      const { made, findings: faults } = makeCase(written, { suite, fixtures, read });
      findings.push(...faults);
      if (made === undefined) continue;
      cases.push(made);
      findings.push(...expectationFaults(suite, made.kind, made.expectation, written.place));
    }
    for (const [name, { expectation, place }] of suite.expectations) {
      const found = cases.find((one) => one.name === name);
      if (found !== undefined) findings.push(...expectationFaults(suite, found.kind, expectation, place));
    }
  }
  findings.push(...[...contents.values()].flatMap((one) => one.problems), ...duplicates(cases));
  if (!broken)
    for (const fixture of fixtures)
      if (!contents.has(fixture))
        findings.push(
          unusedFile(
            fixture.path,
            'move it into positive/ or negative/, or name it as base or events of a case in suite.toml',
          ),
        );
  return { cases, findings };
}

function unknownExpectations(suite: Suite, cases: readonly Case[]): readonly Finding[] {
  const names = cases.map((one) => one.name);
  return [...suite.expectations].flatMap(([name, { place }]) => {
    if (names.includes(name)) return [];
    const meant = suggest(name, names);
    return [
      suiteFinding(suite, 'suite/unknown-case', place(undefined), `there is no case file ${name}`, {
        ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
        help: 'an expectation names a file by its path in the suite, without the ending',
      }),
    ];
  });
}

function duplicates(cases: readonly Case[]): readonly Finding[] {
  const seen = new Map<string, Case>();
  return cases.flatMap((one): Finding[] => {
    const before = seen.get(one.name);
    if (before === undefined) {
      seen.set(one.name, one);
      return [];
    }
    return [
      {
        id: 'suite/duplicate-case',
        severity: 'error',
        path: one.path,
        span: one.span,
        message: `two cases are called ${one.name}`,
        why: 'a report could not tell which of them failed',
        help: 'rename one of them',
        related: [{ path: before.path, span: before.span, message: 'the other one' }],
      },
    ];
  });
}
