import type { RuleFile } from '../../rule/rule.ts';
import type { Check, LintContext } from '../check.ts';
import type { Finding } from '../../text/diagnostic.ts';

const active = (context: LintContext): readonly RuleFile[] =>
  context.files.filter((file) => file.rule !== undefined && file.rule.metadata.maturity !== 'deprecated');

/** All files but the first of each group that share a value. */
function repeated(
  context: LintContext,
  id: string,
  key: string,
  value: (file: RuleFile) => string | undefined,
  what: string,
  why: string,
): Finding[] {
  const first = new Map<string, RuleFile>();
  return active(context).flatMap((file): Finding[] => {
    const found = value(file);
    if (found === undefined) return [];
    const before = first.get(found);
    if (before === undefined) {
      first.set(found, file);
      return [];
    }
    return [
      {
        id,
        severity: id === 'query/duplicate' ? 'warning' : 'error',
        path: file.path,
        message: `${what} is also that of ${before.path}`,
        span: file.valueSpan(['rule', key]),
        why,
        help: 'change one of the two',
        related: [{ path: before.path, span: before.valueSpan(['rule', key]), message: 'first used here' }],
      },
    ];
  });
}

export const collectionChecks: readonly Check[] = [
  {
    id: 'rule/unique-id',
    severity: 'error',
    summary: 'No two rules share an id.',
    finish: (context) =>
      repeated(
        context,
        'rule/unique-id',
        'rule_id',
        (file) => file.rule?.body.rule_id,
        'this rule_id',
        'Kibana would keep one of the two',
      ),
  },
  {
    id: 'rule/unique-name',
    severity: 'error',
    summary: 'No two rules share a name.',
    finish: (context) =>
      repeated(
        context,
        'rule/unique-name',
        'name',
        (file) => file.rule?.body.name,
        'this name',
        'analysts could not tell their alerts apart',
      ),
  },
  {
    id: 'query/duplicate',
    severity: 'warning',
    summary: 'No two rules run the same query over the same indices.',
    finish: (context) =>
      repeated(
        context,
        'query/duplicate',
        'query',
        (file) => {
          const body = file.rule?.body;
          if (body?.query === undefined || body.query.trim() === '') return undefined;
          const { name: _n, rule_id: _i, description: _d, note: _o, setup: _s, tags: _t, threat: _h, ...rest } = body;
          return body.type === 'eql' || body.type === 'query'
            ? JSON.stringify([body.type, body.query.replace(/\s+/g, ' ').trim(), body.index, rest.filters])
            : undefined;
        },
        'this query',
        'every event raises two alerts',
      ),
  },
];
