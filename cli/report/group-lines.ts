import type { createColors } from 'picocolors';
import type { Explanation } from '../query/run/explanation.ts';
import type { Cause, GroupExplanation, KeyPart, StageExplanation } from '../query/run/sequence/explanation.ts';
import type { Span } from '../text/span.ts';
import type { CopiedFrom } from './explanation-lines.ts';
import type { Event } from '../fields/event.ts';
import { visibleLine, displayWidth } from '../text/display.ts';

export interface GroupLinesOptions {
  readonly indent: string;
  readonly colour: Pick<ReturnType<typeof createColors>, 'green' | 'red' | 'yellow' | 'dim'>;
  /** Lines for the predicates of one event. `copiedFrom`: the stage in which a predicate stands that the stage itself has not. */
  explain(explanation: Explanation, indent: string, copiedFrom: CopiedFrom): readonly string[];
}

/** Columns of a term before its outcome; longer ones are cut. */
const TERM = 60;

/**
 * How far events got in a sequence or sample, one line a stage: the term, then the event that fits it or what keeps it from
 * being there. Below a stage without any event stand the predicates of the nearest one.
 */
export function groupLines(group: GroupExplanation, query: string, options: GroupLinesOptions): readonly string[] {
  const { indent, colour } = options;
  const runs = runsOf(group.stages);
  const label = labelsOf(group.stages, query);
  const terms = runs.map(({ stage, from, to }) => `[${from === to ? from : `${from}-${to}`}] ${label(stage)}`);
  const columns = Math.min(TERM, Math.max(...terms.map(displayWidth)));
  const lines = group.key.length === 0 ? [] : [`${indent}${colour.dim(`for ${partsText(group.key)}`)}`];
  runs.forEach(({ stage, events }, at) => {
    const term = terms[at] ?? '';
    const gap = ' '.repeat(Math.max(0, columns - displayWidth(term)) + 2);
    lines.push(`${indent}${term}${gap}${outcomeText(stage, events, colour)}`);
    if (stage.cause?.kind === 'no-event' && stage.cause.nearest !== undefined)
      lines.push(...options.explain(stage.cause.nearest.explanation, `${indent}    `, copiedInto(stage, group.stages)));
  });
  return lines;
}

/** Elasticsearch copies conditions on a join key to the other terms; what stands in another term came from there. */
function copiedInto(stage: StageExplanation, stages: readonly StageExplanation[]): CopiedFrom {
  const holds = (one: StageExplanation, { start, end }: Span): boolean =>
    one.span.start <= start && end <= one.span.end;
  return (span) => {
    const at = holds(stage, span) ? -1 : stages.findIndex((one) => holds(one, span));
    return at < 0 ? undefined : at + 1;
  };
}

/** Stages of one term side by side that came out alike, as `with runs` makes them. */
interface Run {
  /** The first of them. */
  readonly stage: StageExplanation;
  /** Numbers of the first and the last, from 1. */
  readonly from: number;
  readonly to: number;
  readonly events: readonly Event[];
}

function runsOf(stages: readonly StageExplanation[]): readonly Run[] {
  const runs: Run[] = [];
  stages.forEach((stage, at) => {
    const last = runs.at(-1);
    const events = stage.event === undefined ? [] : [stage.event];
    const same = last?.stage.span.start === stage.span.start && last.stage.outcome === stage.outcome;
    if (last !== undefined && same && stage.outcome !== 'broken')
      runs[runs.length - 1] = { ...last, to: at + 1, events: [...last.events, ...events] };
    else runs.push({ stage, from: at + 1, to: at + 1, events });
  });
  return runs;
}

/** The texts of terms, in short: what long ones begin with alike says nothing, and is left out. */
function labelsOf(stages: readonly StageExplanation[], query: string): (stage: StageExplanation) => string {
  const textOf = ({ span }: StageExplanation): string => query.slice(span.start, span.end).replace(/\s+/g, ' ');
  const texts = [...new Set(stages.map(textOf))];
  const parts = texts.map((text) => text.split(/(?<= and )/));
  const [first = []] = parts;
  let alike = 0;
  if (texts.length > 1 && texts.some((text) => text.length > TERM - LABEL_MARK))
    while (alike < first.length && parts.every((one) => one.length > alike + 1 && one[alike] === first[alike])) alike++;
  return (stage) => {
    const rest = textOf(stage).split(/(?<= and )/).slice(alike).join(''); // prettier-ignore
    const whole = visibleLine(`${stage.missing ? 'no ' : ''}${alike > 0 ? '… ' : ''}${rest}`);
    return whole.length > TERM - LABEL_MARK ? `${whole.slice(0, TERM - LABEL_MARK - 1)}…` : whole;
  };
}

/** Events of one run of stages that are named. */
const LISTED = 6;

/** Columns of `[1] `. */
const LABEL_MARK = 4;

function outcomeText(stage: StageExplanation, events: readonly Event[], colour: GroupLinesOptions['colour']): string {
  if (stage.outcome === 'open') return colour.dim('not reached');
  if (stage.outcome === 'broken')
    return `${colour.red('✘')} ${colour.yellow(visibleLine(stage.cause === undefined ? '' : causeText(stage.cause)))}`;
  const [first, second] = events;
  const event =
    first === undefined
      ? 'not there'
      : second === undefined
        ? nameOf(first)
        : `events ${events
            .slice(0, LISTED)
            .map(({ ordinal }) => ordinal + 1)
            .join(', ')}${events.length > LISTED ? `, … ${events.length - LISTED} more` : ''}`;
  const time = stage.at === undefined ? '' : `   ${colour.dim(timeOfDay(stage.at))}`;
  return `${colour.green('✔')} ${event}${time}`;
}

/** As the events of a case are counted: from 1, in the order of the files. */
const nameOf = ({ ordinal }: { readonly ordinal: number }): string => `event ${ordinal + 1}`;

function timeOfDay(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `${ms} ms` : date.toISOString().slice(11, 23);
}

const value = (json: KeyPart['value']): string => JSON.stringify(json);
const partsText = (parts: readonly KeyPart[]): string =>
  visibleLine(parts.map((part) => `${part.name} = ${value(part.value)}`).join(', '));

/** What kept a stage from being reached, in one sentence. */
export function causeText(cause: Cause): string {
  switch (cause.kind) {
    case 'late':
      return (
        `${nameOf(cause.event)} fits, but came ${duration(cause.elapsed)} after the first: ` +
        `maxspan is ${duration(cause.maxspan)}, missed by ${duration(cause.elapsed - cause.maxspan)}`
      );
    case 'until':
      return `${nameOf(cause.event)} fits "until" and ended the sequence before this`;
    case 'present':
      return `${nameOf(cause.event)} is there, and must not be`;
    case 'other-key':
      return `${nameOf(cause.event)} fits, but for another key: ${cause.differs
        .map((part) => `${part.name} is ${value(part.found)}, not ${value(part.value)}`)
        .join(', ')}`;
    case 'no-key':
      return `${nameOf(cause.event)} fits, but has no ${cause.name}, which joins the events`;
    case 'early':
      return `${nameOf(cause.event)} fits, but came before the event above`;
    case 'same-event':
      return `${nameOf(cause.event)} fits, but stands for another term already`;
    case 'never':
      return cause.reason;
    case 'no-event':
      return cause.nearest === undefined
        ? 'no event fits, none is left'
        : `no event fits; ${nameOf(cause.nearest.event)} comes nearest:`;
  }
}

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

/** `1m`, `68s`, `1.5s`, `250ms`: the largest unit that keeps it whole, seconds for what none keeps. */
export function duration(ms: number): string {
  for (const [unit, size] of UNITS) if (ms >= size && ms % size === 0) return `${ms / size}${unit}`;
  return ms >= 1000 ? `${Number((ms / 1000).toFixed(3))}s` : `${Number(ms.toFixed(6))}ms`;
}
