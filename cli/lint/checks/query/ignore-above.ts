import type { Field } from '../../../fields/mapping.ts';
import type { RuleCheck } from '../../check.ts';
import { demandsOf } from '../../knowledge/text-lengths/index.ts';

/** The longest text that can be searched in all indices; those of other types have no limit. */
const smallest = (field: Field | undefined): number =>
  field?.type === 'keyword' || field?.type === 'wildcard'
    ? (field.limits?.least ?? field.ignoreAbove ?? Infinity)
    : Infinity;

/** Where a text is too long: everywhere, or in the indices whose template sets a limit that is too small. */
function place({ ignoreAbove, limits }: Field, least: number, patterns: readonly string[]): string {
  if (limits === undefined || least > (ignoreAbove ?? Infinity)) return '';
  const named = patterns.filter((pattern) => limits.in(pattern) < least);
  return named.length === 0 ? " in some of the rule's indices" : ` in ${named.join(', ')}`;
}

export const check: RuleCheck = {
  id: 'query/ignore-above',
  severity: 'warning',
  summary: 'No condition holds only on values that are too long to be searched.',
  run(subject, context) {
    const mapping = context.mapping(subject.rule, subject.file.path);
    return demandsOf(subject, (name) => smallest(mapping.field(name))).flatMap(({ field: name, least, span }) => {
      const field = mapping.field(name);
      if (field === undefined) return [];
      const where = place(field, least, subject.body.index ?? []);
      const longest = where === '' ? (field.ignoreAbove ?? 0) : smallest(field);
      return [
        {
          message: `no value of ${name} that can be searched${where} has ${least} characters`,
          why: `values of more than ${longest} characters are kept but not searched there (ignore_above): the condition never holds on them, and its negation does`,
          help: `ask for at most ${longest} characters, or for another sign of the same thing`,
          span,
        },
      ];
    });
  },
};
