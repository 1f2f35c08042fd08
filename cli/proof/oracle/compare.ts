import { isRefused, type Answer, type Refused } from './answer.ts';
import { MATCHES, NO_MATCH, TAKEN, type DifferenceKind, type Side } from './difference.ts';
import { CRASH } from './ours.ts';

/** A place where the sides differ; `id` of the document, undefined where it is not of one document. */
export interface Disagreement {
  readonly kind: DifferenceKind;
  readonly id?: string;
  readonly server: Side;
  readonly ours: Side;
}

export const takenSide = (refusal: Refused | undefined): Side => refusal ?? TAKEN;
export const verdictSide = (matches: boolean): Side => (matches ? MATCHES : NO_MATCH);

/** An answer as a report shows it: `finds 1, 2`. */
export const answerSide = (answer: Answer): Side =>
  isRefused(answer) ? answer : answer.length === 0 ? 'finds none' : `finds ${answer.join(', ')}`;

/** Compares whether two sides take one thing. */
export function compareTaken(
  kind: 'mapping' | 'document',
  server: Refused | undefined,
  ours: Refused | undefined,
): Disagreement | undefined {
  if (ours?.refused.startsWith(CRASH) === true) return { kind: 'crash', server: takenSide(server), ours };
  return (server === undefined) === (ours === undefined)
    ? undefined
    : { kind, server: takenSide(server), ours: takenSide(ours) };
}

/** Compares two answers to one query, document by document. */
export function compareAnswers(server: Answer, ours: Answer, ids: readonly string[]): readonly Disagreement[] {
  if (isRefused(ours) && ours.refused.startsWith(CRASH))
    return [{ kind: 'crash', server: answerSide(server), ours: answerSide(ours) }];
  if (isRefused(server) || isRefused(ours))
    return isRefused(server) && isRefused(ours)
      ? []
      : [{ kind: 'query', server: answerSide(server), ours: answerSide(ours) }];
  const [theirs, own] = [new Set(server), new Set(ours)];
  return ids
    .filter((id) => theirs.has(id) !== own.has(id))
    .map((id) => ({ kind: 'verdict', id, server: verdictSide(theirs.has(id)), ours: verdictSide(own.has(id)) }));
}
