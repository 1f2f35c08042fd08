import type { CollectionCheck } from '../../check.ts';

/** The day of the run decides, so this looks at facts, which are judged anew in each run, and not at files. */
export const check: CollectionCheck = {
  id: 'metadata/date-future',
  severity: 'error',
  summary: 'The last change does not lie in the future.',
  deprecated: 'too',
  collect: ({ file, metadata }) => [
    { value: metadata.updated_date, span: file.valueSpan(['metadata', 'updated_date']) },
  ],
  conclude: (facts, { today }) =>
    facts
      .filter(({ value }) => value > today)
      .map(({ path, span, value }) => ({
        path,
        message: `${value} lies in the future`,
        span,
        label: `today is ${today}`,
        why: 'the next change would seem older than this one',
        help: 'set it to the day of the change',
      })),
};
