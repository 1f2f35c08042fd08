import type { RuleCheck } from '../../check.ts';

const FOLDER = '_deprecated';

export const check: RuleCheck = {
  id: 'metadata/deprecated-place',
  severity: 'warning',
  summary: 'Deprecated rules lie in a folder _deprecated, and no others do.',
  deprecated: 'too',
  run({ file, metadata }) {
    const inside = file.path.split('/').at(-2) === FOLDER;
    const deprecated = metadata.maturity === 'deprecated';
    // A collection without such a folder keeps its deprecated rules where they were.
    if (inside === deprecated || !inside) return [];
    return [
      {
        message: `the rule lies in ${FOLDER} but is not deprecated`,
        span: file.valueSpan(['metadata', 'maturity']),
        why: 'people take it for one that is no longer kept, while it is still published',
        help: 'move it back to its folder, or write maturity = "deprecated"',
      },
    ];
  },
};
