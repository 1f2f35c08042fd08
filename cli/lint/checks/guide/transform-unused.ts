import { placeholders } from '../../../rule/placeholders.ts';
import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'guide/transform-unused',
  severity: 'warning',
  summary: 'Each block of [transform] has its placeholder in the guide.',
  run({ file, rule, body }) {
    if (rule.transform === undefined) return [];
    const shown = new Set(placeholders(body.note ?? '').map(({ kind, index }) => `${kind}_${index}`));
    return Object.entries(rule.transform).flatMap(([kind, blocks]) =>
      (Array.isArray(blocks) ? blocks : []).flatMap((_, at) => {
        if (shown.has(`${kind}_${at}`)) return [];
        const placeholder = `\${${kind}_${at}}`;
        return [
          {
            message: `the guide has no ${placeholder}`,
            span: file.keySpan(['transform', kind, at]),
            why: 'the block is never shown to anybody',
            help: `put ${placeholder} where its button should stand, or take the block out`,
          },
        ];
      }),
    );
  },
};
