import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'guide/plugin-syntax',
  severity: 'warning',
  summary: 'Buttons of the guide are written in [transform], not as raw plugin text.',
  run({ file, body }) {
    if (body.note?.includes('!{') !== true) return [];
    const text = file.text(['rule', 'note']);
    if (text === undefined) return [];
    return [...text.text.matchAll(/!\{(osquery|investigate)\{/g)].map((found) => ({
      message: `the ${found[1] ?? ''} block is written out in the guide`,
      span: text.span({ start: found.index, end: found.index + found[0].length - 1 }),
      why: 'nothing checks such a block, and a slip in it leaves the analyst with raw JSON',
      help: `move it to [[transform.${found[1] ?? ''}]], and put \${${found[1] ?? ''}_0} here`,
    }));
  },
};
