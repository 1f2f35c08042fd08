import { isDeepStrictEqual } from 'node:util';
import type { EventFile } from '../engine/events/read-events.ts';
import type { Event } from '../fields/event.ts';
import type { Finding } from '../text/diagnostic.ts';
import { suggest } from '../text/suggest.ts';
import type { Span } from '../text/span.ts';
import type { Case } from './collect-cases.ts';
import { kindOfName, withoutEnding, type Fixture } from './fixtures.ts';
import { hasField, setField, unsetField } from './override.ts';
import { suiteFinding, type Suite, type WrittenCase } from './suite.ts';

/** What a written case may ask of the suite around it. */
export interface SuiteContents {
  readonly suite: Suite;
  readonly fixtures: readonly Fixture[];
  /** Reads a fixture and notes that it is used. */
  read(fixture: Fixture): EventFile;
}

export interface MadeCase {
  readonly made?: Case;
  readonly findings: readonly Finding[];
}

type Fault = (
  id: string,
  where: Span,
  message: string,
  more: { readonly label?: string; readonly why?: string; readonly help: string },
) => void;

/** A case as suite.toml writes it, with its events; without any when a finding says what does not fit. */
export function makeCase(written: WrittenCase, contents: SuiteContents): MadeCase {
  const { suite } = contents;
  const findings: Finding[] = [];
  const fault: Fault = (id, where, message, more) => {
    findings.push(suiteFinding(suite, id, where, message, more));
  };

  const found = (name: string, key: string): Fixture | undefined => {
    const wanted = withoutEnding(name);
    const fixture = contents.fixtures.find((one) => one.name === wanted);
    if (fixture !== undefined) return fixture;
    const outside = name.startsWith('/') || name.split('/').includes('..') || name.includes('\\');
    const meant = suggest(wanted, contents.fixtures.map((one) => one.name)); // prettier-ignore
    fault('suite/unknown-case', written.place(key), `there is no fixture ${name}`, {
      ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
      help: outside
        ? 'a fixture lies inside the folder of its suite; copy the file into it'
        : 'a fixture is named by its path in the suite, without the ending',
    });
    return undefined;
  };

  if (written.base === undefined && written.events === undefined)
    fault('suite/no-events', written.place('name'), `case ${written.name} has no events`, {
      why: 'nothing would be run, and the case would say nothing',
      help: 'name a fixture: base = "positive/…", or several: events = ["…", "…"]',
    });
  const base = written.base === undefined ? undefined : found(written.base, 'base');
  const listed = (written.events ?? []).map((name) => found(name, 'events'));
  const kind = written.kind ?? kindOfName(written.name) ?? base?.kind;
  if (kind === undefined)
    fault('suite/no-kind', written.place('name'), `case ${written.name} does not say what it expects`, {
      help: 'add kind = "positive" or kind = "negative", or begin the name with one of them: "negative/…"',
    });
  else if (kindOfName(written.name) !== undefined && kindOfName(written.name) !== kind)
    fault('suite/no-kind', written.place('kind'), `case ${written.name} says in its name that it is not ${kind}`, {
      why: 'whoever reads the name would take the case for the other kind',
      help: `rename it to ${kind}/…, or take out kind`,
    });
  const others = listed.filter((one) => one !== undefined);
  if (findings.length > 0 || kind === undefined || others.length < listed.length) return { findings };

  const parts = [...(base === undefined ? [] : [base]), ...others].map((fixture) => contents.read(fixture));
  const events = parts.flatMap((part) => part.events).map((event, ordinal) => ({ ...event, ordinal }));
  // With a base, only its own events are changed; without one, all.
  const changeable = base === undefined ? events.length : (parts[0]?.events.length ?? 0);
  const number = written.baseEvent;
  if (number !== undefined && !(number >= 1 && number <= changeable)) {
    fault(
      'suite/unknown-case',
      written.place('base'),
      `the base has no event ${Number.isNaN(number) ? 'of that number' : number}`,
      {
        help: `it has ${changeable}; they count from 1, as in "${written.base ?? ''}#1"`,
      },
    );
    return { findings };
  }
  const chosen = (event: Event): boolean =>
    number === undefined ? event.ordinal < changeable : event.ordinal === number - 1;
  const problem = parts.flatMap((part) => part.problems)[0];
  if (problem === undefined) overrideFaults(written, events.filter(chosen), fault);
  if (findings.length > 0) return { findings };
  return {
    findings: [],
    made: {
      name: written.name,
      kind,
      path: suite.path,
      line: written.line,
      span: written.place('name'),
      added: addedFields(written, events.filter(chosen)),
      events: events.map((event) => (chosen(event) ? { ...event, source: changed(event.source, written) } : event)),
      expectation: written.expectation,
      ...(written.why === undefined ? {} : { why: written.why }),
      ...(problem === undefined ? {} : { problem }),
    },
  };
}

/** A change that changes nothing: the case would be its base again, and a near miss would miss nothing. */
function overrideFaults(written: WrittenCase, events: readonly Event[], fault: Fault): void {
  const why = 'the case would be the same as its base and show nothing';
  const absent = written.unset.filter((field) => !events.some((event) => hasField(event.source, field)));
  for (const field of absent)
    fault('suite/unset-missing', written.place('unset'), `the base has no field ${field} to unset`, {
      why,
      help: 'check the spelling of the field',
    });
  if (absent.length > 0 || Object.keys(written.set).length === 0) return;
  if (events.every((event) => isDeepStrictEqual(changed(event.source, written), event.source)))
    fault('suite/set-same', written.place('set'), 'the base has these values already', {
      why,
      help: 'give another value, or name the case by its base alone',
    });
}

/** Fields that no event had: what may be a slip of the pen. */
const addedFields = (written: WrittenCase, events: readonly Event[]): NonNullable<Case['added']> =>
  Object.keys(written.set).flatMap((field) =>
    events.some((event) => hasField(event.source, field)) ? [] : [{ field, span: written.setPlace(field) }],
  );

function changed(source: Event['source'], { set, unset }: WrittenCase): Event['source'] {
  let result = source;
  for (const field of unset) result = unsetField(result, field);
  for (const [field, value] of Object.entries(set)) result = setField(result, field, value);
  return result;
}
