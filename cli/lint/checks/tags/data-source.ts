import type { RuleCheck } from '../../check.ts';
import { appendToList } from '../../edits.ts';

/** Data source tags that go with an index pattern. */
const SOURCES: readonly (readonly [RegExp, string])[] = [
  [/^logs-endpoint\.events\./, 'Data Source: Elastic Defend'],
  [/^endgame-/, 'Data Source: Elastic Endgame'],
  [/^logs-sentinel_one_cloud_funnel\./, 'Data Source: SentinelOne'],
  [/^logs-okta/, 'Data Source: Okta'],
  [/^logs-kubernetes\./, 'Data Source: Kubernetes'],
  [/^logs-crowdstrike\.fdr/, 'Data Source: Crowdstrike'],
];

export const check: RuleCheck = {
  id: 'tags/data-source',
  severity: 'warning',
  summary: 'A data source that is searched is named in a tag.',
  run({ file, body }) {
    const tags = body.tags ?? [];
    const missing = new Map<string, number>();
    for (const [at, pattern] of (body.index ?? []).entries())
      for (const [test, tag] of SOURCES)
        if (test.test(pattern) && !tags.includes(tag) && !missing.has(tag)) missing.set(tag, at);
    return [...missing].map(([tag, at]) => {
      const edit = body.tags === undefined ? undefined : appendToList(file, ['rule', 'tags'], tags.length, tag);
      return {
        message: `the tag "${tag}" is missing`,
        span: file.valueSpan(['rule', 'index', at]),
        label: 'searched here',
        why: 'nobody who filters by this data source finds the rule',
        help: `add "${tag}"`,
        ...(edit === undefined ? {} : { fix: { description: `add the tag ${tag}`, safe: true, edits: [edit] } }),
      };
    });
  },
};
