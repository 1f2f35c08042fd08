import type { Entry } from '../plan/plan.ts';

/**
 * What became of one entry of a plan:
 * - done: Kibana has it as planned;
 * - already: it was so before we came, as after an apply that was interrupted;
 * - differs: Kibana took it and keeps something else;
 * - failed: Kibana refused it;
 * - conflict: somebody changed it since the plan was made, so it was not touched;
 * - blocked: something that it needs failed;
 * - left: not asked for, such as a deletion without `--prune`;
 * - notDone: the run ended before its turn.
 */
export type Result = 'done' | 'already' | 'differs' | 'failed' | 'conflict' | 'blocked' | 'left' | 'notDone';

/** Actions for which Kibana has a dry run. */
export type Tried = 'delete' | 'enable' | 'disable';

export interface Outcome {
  readonly entry: Entry;
  readonly result: Result;
  /** What is wrong, on one line. */
  readonly message?: string;
  readonly help?: string;
  /** Of a dry run: what Kibana's own dry run was asked about; absent: it has none for this. */
  readonly tried?: Tried;
  /** True: the first of the two writes is in Kibana, the rule is there and disabled. */
  readonly waitsForEnabling?: true;
}

/** Results that a person has to do something about. */
export const isTrouble = ({ result }: Outcome): boolean =>
  result !== 'done' && result !== 'already' && result !== 'left';

/** Refusal of one entry; the others go on. */
export class Refused extends Error {
  readonly result: 'differs' | 'failed' | 'conflict' | 'blocked';
  readonly help: string | undefined;

  constructor(result: Refused['result'], message: string, help?: string) {
    super(message);
    this.result = result;
    this.help = help;
  }
}
