import type { Field } from '../../fields/mapping.ts';
import { suggestions } from '../../text/suggest.ts';
import type { Expression, FieldRef, SequenceTerm } from './ast.ts';
import { meant, TYPE_NAMES, type CheckReport } from './check-report.ts';
import { exactField, resolveField } from './fields.ts';
import { isNumber, typeOf, type EqlType } from './types.ts';

/**
 * Whether a field exists and can be used. `exact`: the construct needs whole values, so text needs a keyword sub-field.
 * Gives the field that is read.
 */
export function checkField(report: CheckReport, ref: FieldRef, exact: boolean): Field | undefined {
  const resolved = resolveField(report.mapping, ref.name);
  if (resolved.kind === 'unmapped') {
    if (!ref.optional) unknownField(report, ref);
    return undefined;
  }
  const found = resolved.kind === 'field' && exact ? exactField(report.mapping, resolved.field) : resolved;
  if (found.kind === 'field') return found.field;
  if (found.kind === 'unusable')
    report.add('query/field-not-usable', ref.span, found.message, found.help === undefined ? {} : { help: found.help });
  return undefined;
}

function unknownField(report: CheckReport, ref: FieldRef): void {
  report.add('query/unknown-field', ref.span, `${ref.name} is in none of the rule's indices`, {
    why: `Elasticsearch refuses the whole query with "Unknown column", and the rule never runs (checked: ${report.mapping.describe().join(', ')})`,
    help: `if only some indices have it, write ?${ref.name}; a suite can declare it under [mapping]`,
    ...meant(suggestions(ref.name, report.mapping.names())),
  });
}

/** Join keys: fields with whole values; keys at one position are compared, so their types have to be of one family. */
export function checkKeys(report: CheckReport, shared: readonly FieldRef[], terms: readonly SequenceTerm[]): void {
  for (const key of [...shared, ...terms.flatMap((term) => term.by)]) checkField(report, key, true);
  const width = Math.max(0, ...terms.map((term) => term.by.length));
  for (let position = 0; position < width; position++) {
    let first: { readonly key: FieldRef; readonly type: EqlType } | undefined;
    for (const term of terms) {
      const key = term.by[position];
      if (key === undefined) continue;
      const type = typeOf(key, report.mapping);
      if (type === 'unknown' || type === 'null') continue;
      if (first === undefined) first = { key, type };
      else if (first.type !== type && !(isNumber(first.type) && isNumber(type)))
        report.add(
          'query/type-mismatch',
          key.span,
          `the join key ${key.name} is ${TYPE_NAMES[type]}, ${first.key.name} before it is ${TYPE_NAMES[first.type]}`,
          { why: 'keys are compared with each other; Elasticsearch refuses keys of different types' },
        );
    }
  }
}

/** A literal with pattern characters against a constant_keyword, which reads them in its own way. */
export function checkConstantKeyword(report: CheckReport, subject: Expression, literals: readonly Expression[]): void {
  if (subject.kind !== 'field' || report.mapping.field(subject.name)?.type !== 'constant_keyword') return;
  for (const literal of literals)
    if (literal.kind === 'literal' && typeof literal.value === 'string' && /[*?\\]/.test(literal.value))
      report.add(
        'query/pattern-in-constant',
        literal.span,
        `"*", "?" and backslash are read differently by ${subject.name}`,
        {
          severity: 'warning',
          why: `${subject.name} is a constant_keyword: there a star is a wildcard even behind "==", and "?" and backslash changed their meaning between versions`,
          help: 'compare with the whole value, without these characters',
        },
      );
}
