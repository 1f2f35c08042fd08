import { placeholders } from '../../../rule/placeholders.ts';
import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'guide/placeholder',
  severity: 'error',
  summary: 'Each placeholder of the guide has its block in [transform].',
  run({ file, rule, body }) {
    const missing = placeholders(body.note ?? '').filter(({ kind, index }) => {
      const blocks = rule.transform?.[kind];
      return !Array.isArray(blocks) || index >= blocks.length;
    });
    const text = missing.length === 0 ? undefined : file.text(['rule', 'note']);
    if (text === undefined) return [];
    return missing.map(({ kind, index, written, span }) => {
      const blocks = rule.transform?.[kind];
      const count = Array.isArray(blocks) ? blocks.length : 0;
      return {
        message: `${written} has no block`,
        span: text.span(span),
        label: count === 0 ? `there is no [[transform.${kind}]]` : `the last one is number ${count - 1}`,
        why: 'analysts see the placeholder where a button should be',
        help: `add [[transform.${kind}]] number ${index}, counted from 0, or correct the number`,
      };
    });
  },
};
