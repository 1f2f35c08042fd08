import type { Check } from '../check.ts';

/** Data source tags that go with an index pattern (rules of elastic/detection-rules carry them, too). */
const SOURCES: readonly (readonly [RegExp, string])[] = [
  [/^logs-endpoint\.events\./, 'Data Source: Elastic Defend'],
  [/^endgame-/, 'Data Source: Elastic Endgame'],
  [/^logs-sentinel_one_cloud_funnel\./, 'Data Source: SentinelOne'],
  [/^logs-okta/, 'Data Source: Okta'],
  [/^logs-kubernetes\./, 'Data Source: Kubernetes'],
  [/^logs-crowdstrike\.fdr/, 'Data Source: Crowdstrike'],
];

export const tagChecks: readonly Check[] = [
  {
    id: 'tags/required',
    severity: 'warning',
    summary: 'Every rule has a tag of each required category.',
    run(file, { settings }) {
      const body = file.rule?.body;
      if (body === undefined) return [];
      const tags = body.tags ?? [];
      return settings.requiredTags
        .filter((prefix) => !tags.some((tag) => tag.startsWith(prefix)))
        .map((prefix) => ({
          id: 'tags/required',
          severity: 'warning' as const,
          message: `no tag begins with "${prefix}"`,
          span: file.keySpan(['rule', 'tags']),
          why: 'rules are found, enabled and counted by their tags',
          help: `add one, such as "${prefix} …"`,
        }));
    },
  },
  {
    id: 'tags/duplicate',
    severity: 'warning',
    summary: 'No tag stands twice.',
    run(file) {
      const tags = file.rule?.body.tags ?? [];
      return tags.flatMap((tag, at) =>
        tags.findIndex((one) => one.toLowerCase() === tag.toLowerCase()) === at
          ? []
          : [
              {
                id: 'tags/duplicate',
                severity: 'warning' as const,
                message: `the tag ${tag} stands twice`,
                span: file.valueSpan(['rule', 'tags', at]),
                help: 'take one of them out',
              },
            ],
      );
    },
  },
  {
    id: 'tags/format',
    severity: 'info',
    summary: 'Tags are written "Category: Value".',
    run(file) {
      return (file.rule?.body.tags ?? []).flatMap((tag, at) =>
        /^[^:\s][^:]*: \S/.test(tag)
          ? []
          : [
              {
                id: 'tags/format',
                severity: 'info' as const,
                message: `the tag ${JSON.stringify(tag)} has no category`,
                span: file.valueSpan(['rule', 'tags', at]),
                help: 'write "Category: Value"',
              },
            ],
      );
    },
  },
  {
    id: 'tags/data-source',
    severity: 'warning',
    summary: 'A data source that is searched is named in a tag.',
    run(file) {
      const body = file.rule?.body;
      if (body === undefined || file.rule?.metadata.maturity === 'deprecated') return [];
      const missing = new Set<string>();
      for (const pattern of body.index ?? [])
        for (const [test, tag] of SOURCES) if (test.test(pattern) && !(body.tags ?? []).includes(tag)) missing.add(tag);
      return [...missing].map((tag) => ({
        id: 'tags/data-source',
        severity: 'warning' as const,
        message: `the tag "${tag}" is missing`,
        span: file.keySpan(['rule', 'tags']),
        why: 'the rule searches this data source, and nobody who filters by it finds the rule',
        help: `add "${tag}"`,
      }));
    },
  },
  {
    id: 'tags/investigation-guide',
    severity: 'warning',
    summary: 'The tag of the investigation guide stands if there is one.',
    run(file) {
      const body = file.rule?.body;
      if (body === undefined) return [];
      const tagged = (body.tags ?? []).includes('Resources: Investigation Guide');
      if (!tagged || (body.note ?? '') !== '') return [];
      return [
        {
          id: 'tags/investigation-guide',
          severity: 'warning',
          message: 'the rule is tagged with a guide that it does not have',
          span: file.keySpan(['rule', 'tags']),
          help: 'write the guide into note, or take "Resources: Investigation Guide" out',
        },
      ];
    },
  },
];
