import { describe, expect, it } from 'vitest';
import { idsOf, prepareTest, testEvents, testRule } from '../test-rule.ts';

const saved = (more: string): ReturnType<typeof testRule> =>
  testRule(`type = "saved_query"\nsaved_id = "triage"\n${more}`);

describe('saved_query rules', () => {
  it('cannot run without a query in the file, and say so at saved_id', () => {
    const file = saved('');
    const made = prepareTest(file);
    expect(made).toEqual({
      problems: [
        {
          id: 'query/unsupported',
          severity: 'error',
          message: 'saved query triage cannot be run offline',
          span: file.valueSpan(['rule', 'saved_id']),
          why: 'it lives in Kibana, and the file holds no query to fall back to',
          help: 'write the query into the file beside saved_id, or make this a rule of type query',
        },
      ],
    });
  });

  it('run the query of the file, and say that Kibana would run the saved one', () => {
    const made = prepareTest(saved('query = "process.name: curl"'));
    const alerts = made.prepared?.run(testEvents([{ process: { name: 'curl' } }, { process: { name: 'x' } }])) ?? [];
    expect([idsOf(alerts), alerts[0]?.fields['kibana.alert.rule.category']]).toEqual([[['e0']], 'Saved Query Rule']);
    expect(made.caveats?.map((one) => [one.id, one.message])).toEqual([
      ['engine/saved-query-not-read', 'the query of the file is run, not saved query triage'],
    ]);
  });
});
