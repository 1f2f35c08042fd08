import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'guide/placeholder',
  severity: 'error',
  summary: 'Each placeholder of the guide has its block in [transform].',
  run({ file, rule, body }) {
    if (body.note?.includes('${') !== true) return [];
    const text = file.text(['rule', 'note']);
    return [...(text?.text ?? '').matchAll(/\$\{(osquery|investigate)_(\d{1,4})\}/g)].flatMap((found) => {
      const [written, kind = '', number = '0'] = found;
      const blocks = rule.transform?.[kind];
      const count = Array.isArray(blocks) ? blocks.length : 0;
      if (text === undefined || count > Number(number)) return [];
      return [
        {
          message: `${written} has no block`,
          span: text.span({ start: found.index, end: found.index + written.length }),
          label: count === 0 ? `there is no [[transform.${kind}]]` : `the last one is \${${kind}_${count - 1}}`,
          why: 'analysts see the placeholder where a button should be',
          help: `add [[transform.${kind}]] number ${Number(number) + 1}, or correct the number; the first is 0`,
        },
      ];
    });
  },
};
