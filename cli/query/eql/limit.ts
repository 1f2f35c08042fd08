import type { Pipe } from './ast.ts';
import { pipeCount } from './pipe-count.ts';

/** Which end of the results survives a limit when no pipe says so. */
export type ResultPosition = 'head' | 'tail';

/**
 * All limits of a query in one: `count` results from one end, after `offset` others have been left out there. Results
 * stand in ascending order before and after.
 */
export interface Limit {
  readonly from: ResultPosition;
  readonly count: number;
  readonly offset: number;
}

const countOf = ({ args: [argument] }: Pipe): number => (argument === undefined ? 0 : (pipeCount(argument) ?? 0));

/**
 * The pipes of a query and its size as one limit. The size is applied first, in the direction of the first pipe; a pipe in
 * the other direction then leaves out what it does not want (elasticsearch: x-pack/plugin/eql/.../parser/
 * LogicalPlanBuilder.java and optimizer/Optimizer.java, CombineLimits).
 */
export function limitOf(pipes: readonly Pipe[], size: number, position: ResultPosition = 'tail'): Limit {
  const [first] = pipes;
  const from = first === undefined ? position : first.name.text === 'head' ? 'head' : 'tail';
  return pipes.reduce(
    (limit, pipe): Limit => {
      const count = countOf(pipe);
      if (count >= limit.count) return limit;
      const turned = pipe.name.text !== from;
      return { from, count, offset: turned ? limit.offset + limit.count - count : limit.offset };
    },
    { from, count: size, offset: 0 },
  );
}

/** What an event query returns of its hits: the search skips `offset` hits, however few there are. */
export function limitEvents<T>(hits: readonly T[], { from, count, offset }: Limit): readonly T[] {
  if (from === 'head') return hits.slice(offset, offset + count);
  const end = Math.max(0, hits.length - offset);
  return hits.slice(Math.max(0, end - count), end);
}

/**
 * What a sequence query returns. Unlike a search it never skips more than it has to: of fewer results than count and
 * offset together, those farthest from the limit's end are kept (elasticsearch: execution/search/Limit.java).
 */
export function limitSequences<T>(all: readonly T[], limit: Limit): readonly T[] {
  if (limit.count === 0) return [];
  const offset = Math.max(0, Math.min(limit.offset, all.length - limit.count));
  return limitEvents(all, { ...limit, offset });
}
