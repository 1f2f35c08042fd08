import type { Answer, Refused } from './answer.ts';
import { isRefused } from './answer.ts';
import type { DifferenceKind, Side } from './difference.ts';
import { CRASH } from './ours.ts';

/** A pair on which the sides differ; `id` of the document, undefined where the query as a whole differs. */
export interface Disagreement {
  readonly kind: DifferenceKind;
  readonly id?: string;
  readonly server: Side;
  readonly ours: Side;
}

const sideOf = (refusal: Refused | undefined): Side => refusal ?? true;

/** Compares whether two sides take one thing. */
export function compareTaken(
  kind: 'mapping' | 'document',
  server: Refused | undefined,
  ours: Refused | undefined,
): Disagreement | undefined {
  if (ours?.refused.startsWith(CRASH) === true) return { kind: 'crash', server: sideOf(server), ours };
  return (server === undefined) === (ours === undefined)
    ? undefined
    : { kind, server: sideOf(server), ours: sideOf(ours) };
}

/** Compares two answers to one query, document by document. */
export function compareAnswers(server: Answer, ours: Answer, ids: readonly string[]): readonly Disagreement[] {
  if (isRefused(ours) && ours.refused.startsWith(CRASH))
    return [{ kind: 'crash', server: shownAnswer(server), ours: shownAnswer(ours) }];
  if (isRefused(server) || isRefused(ours))
    return isRefused(server) && isRefused(ours)
      ? []
      : [{ kind: 'query', server: shownAnswer(server), ours: shownAnswer(ours) }];
  const [theirs, own] = [new Set(server), new Set(ours)];
  return ids
    .filter((id) => theirs.has(id) !== own.has(id))
    .map((id) => ({ kind: 'verdict', id, server: theirs.has(id), ours: own.has(id) }));
}

/** An answer as a report shows it: `finds 1, 2`. */
export const shownAnswer = (answer: Answer): Side =>
  isRefused(answer) ? answer : answer.length === 0 ? 'finds none' : `finds ${answer.join(', ')}`;
