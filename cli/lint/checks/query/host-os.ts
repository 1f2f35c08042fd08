import type { RuleCheck } from '../../check.ts';

const SYSTEMS = new Set(['linux', 'macos', 'windows']);

export const check: RuleCheck = {
  id: 'query/host-os',
  severity: 'warning',
  summary: 'A rule in the folder of an operating system asks for that system.',
  run({ file, body }) {
    const folder = file.path.split('/').at(-2) ?? '';
    if (!SYSTEMS.has(folder) || (body.language !== 'eql' && body.language !== 'kuery') || body.query === undefined)
      return [];
    if (body.query.includes('host.os.') || body.query.trim() === '') return [];
    return [
      {
        message: 'the query does not look at host.os.type',
        span: file.keySpan(['rule', 'query']),
        why: 'the indices hold events of every system, so the rule can alert on another one, and reads far more than it needs',
        help: `begin the condition with host.os.type ${body.language === 'eql' ? '==' : ':'} "${folder}"`,
      },
    ];
  },
};
