import { valuePlace } from '../engine/events/value-place.ts';
import { refusals, refusalText, rejects, type Refusal } from '../fields/documents/index.ts';
import type { Event } from '../fields/event.ts';
import type { Mapping } from '../fields/mapping.ts';
import type { Finding } from '../text/diagnostic.ts';
import { visibleLine } from '../text/display.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Span } from '../text/span.ts';
import type { Case } from './collect-cases.ts';

/** What Elasticsearch would not take of the events of a case. */
export interface RefusedValues {
  /** The first event that it refuses as a whole: no index holds it, so that the case shows nothing. */
  readonly refused?: Finding;
  /** Values that no query finds, and documents of which it is not sure that they are taken. */
  readonly doubtful: readonly Finding[];
}

/** `textOf`: the text of a file of events, for the place of a value; undefined where it cannot be shown. */
export function refusedValues(
  one: Case,
  mapping: Mapping,
  textOf: (path: string) => string | undefined,
): RefusedValues {
  let refused: Finding | undefined;
  const doubtful = new Map<string, Finding>();
  for (const event of one.events) {
    const found = refusals(event.source, mapping.at?.(event.index) ?? mapping);
    if (found.length === 0) continue;
    const worst = rejects(found) ? found.find(({ effect }) => effect === 'rejected') : undefined;
    if (worst !== undefined) refused ??= findingOf(one, event, worst, textOf);
    else for (const each of found) if (!doubtful.has(each.path)) doubtful.set(each.path, findingOf(one, event, each, textOf)); // prettier-ignore
  }
  return { ...(refused === undefined ? {} : { refused }), doubtful: [...doubtful.values()] };
}

const CONSEQUENCE: Readonly<Record<Refusal['effect'], string>> = {
  rejected: 'Elasticsearch refuses such a document, so that no index holds it and no rule sees it',
  ignored: 'Elasticsearch keeps the document, and no query finds the value',
  depends: 'Elasticsearch refuses the document if the index has the field of this type already',
};

function findingOf(one: Case, event: Event, refusal: Refusal, textOf: (path: string) => string | undefined): Finding {
  const { typeName, effect } = refusal;
  const place = placeOf(one, event, refusal, textOf);
  return {
    id: effect === 'rejected' ? 'suite/event-refused' : 'suite/value-refused',
    severity: effect === 'rejected' ? 'error' : 'warning',
    message: `case ${one.name}: ${visibleLine(refusalText(refusal))}`,
    path: place?.path ?? one.path,
    span: place?.span ?? one.span,
    why: `${typeName === undefined ? '' : `the field is of type ${typeName}; `}${CONSEQUENCE[effect]}`,
    help:
      typeName === undefined
        ? 'correct the name in the event'
        : 'mend the event, or declare the field under [mapping.fields] of the suite',
  };
}

/** Where the fixture writes the value; undefined for what the case sets itself, and in packed files. */
function placeOf(
  one: Case,
  { path, line }: Event,
  refusal: Refusal,
  textOf: (path: string) => string | undefined,
): { readonly path: string; readonly span: Span } | undefined {
  const text = path === undefined || one.path.endsWith('suite.toml') ? undefined : textOf(path);
  if (path === undefined || text === undefined) return undefined;
  const from = line === undefined ? 0 : new SourceFile(path, text).lineSpan(line).start;
  const found = valuePlace(text, refusal.path, refusal.value, from);
  return found === undefined ? undefined : { path, span: found };
}
