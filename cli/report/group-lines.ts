import type { createColors } from 'picocolors';
import type { Explanation } from '../query/run/explanation.ts';
import type { Cause, GroupExplanation, KeyPart, StageExplanation } from '../query/run/sequence/explanation.ts';
import { visibleLine, displayWidth } from '../text/display.ts';

export interface GroupLinesOptions {
  readonly indent: string;
  readonly colour: Pick<ReturnType<typeof createColors>, 'green' | 'red' | 'yellow' | 'dim'>;
  /** Lines for the predicates of one event. */
  explain(explanation: Explanation, indent: string): readonly string[];
}

/** Columns of a term before its outcome; longer ones are cut. */
const TERM = 60;

/**
 * How far events got in a sequence or sample, one line a stage: the term, then the event that fits it or what keeps it from
 * being there. Below a stage without any event stand the predicates of the nearest one.
 */
export function groupLines(group: GroupExplanation, query: string, options: GroupLinesOptions): readonly string[] {
  const { indent, colour } = options;
  const terms = group.stages.map((stage, at) => `[${at + 1}] ${termText(stage, query)}`);
  const columns = Math.min(TERM, Math.max(...terms.map(displayWidth)));
  const lines = group.key.length === 0 ? [] : [`${indent}${colour.dim(`for ${partsText(group.key)}`)}`];
  group.stages.forEach((stage, at) => {
    const term = terms[at] ?? '';
    const gap = ' '.repeat(Math.max(0, columns - displayWidth(term)) + 2);
    lines.push(`${indent}${term}${gap}${outcomeText(stage, colour)}`);
    if (stage.cause?.kind === 'no-event' && stage.cause.nearest !== undefined)
      lines.push(...options.explain(stage.cause.nearest.explanation, `${indent}    `));
  });
  return lines;
}

function termText({ span, missing }: StageExplanation, query: string): string {
  const text = query.slice(span.start, span.end).replace(/\s+/g, ' ');
  const whole = visibleLine(missing ? `no ${text}` : text);
  return whole.length > TERM - 4 ? `${whole.slice(0, TERM - 5)}…` : whole;
}

function outcomeText(stage: StageExplanation, colour: GroupLinesOptions['colour']): string {
  if (stage.outcome === 'open') return colour.dim('not reached');
  if (stage.outcome === 'broken')
    return `${colour.red('✘')} ${colour.yellow(visibleLine(stage.cause === undefined ? '' : causeText(stage.cause)))}`;
  const event = stage.event === undefined ? 'not there' : nameOf(stage.event);
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
