import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'rule/reference-url',
  severity: 'warning',
  summary: 'References are web addresses.',
  run({ file, body }) {
    return (body.references ?? []).flatMap((reference, at) =>
      /^https?:\/\/[^\s<>"]+$/.test(reference)
        ? []
        : [
            {
              message: 'this reference is not a web address',
              span: file.valueSpan(['rule', 'references', at]),
              why: 'Kibana shows references as links, and this one leads nowhere',
              help: 'write one address that begins with https://, and keep notes for the guide',
            },
          ],
    );
  },
};
