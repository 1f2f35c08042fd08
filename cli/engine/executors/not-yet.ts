import type { Executor } from '../execution.ts';

/** The executor of a rule type that has none yet: it names the type at its place and gives no verdict. */
export const notYet =
  (what: string, reason?: string): Executor =>
  ({ file }) => ({
    problems: [
      {
        id: 'query/unsupported',
        severity: 'error',
        message: `${what} cannot be run offline yet`,
        span: file.valueSpan(['rule', 'type']),
        why: reason ?? 'the rule would get no verdict, so it counts as failed and not as tested',
        help: 'lint checks the rule all the same; leave it out of the run with a path or --tag until the type is supported',
      },
    ],
  });
