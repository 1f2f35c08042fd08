import { PatternError } from '../../fields/patterns/pattern-error.ts';
import { compileRegexp } from '../../fields/patterns/regexp.ts';
import type { Comparison, Expression, InList, Logical, Pattern } from './ast.ts';
import { checkConstantKeyword, checkField } from './check-field.ts';
import { TYPE_NAMES, type CheckReport } from './check-report.ts';
import { olderThan } from '../../fields/version.ts';
import { patternText } from './desugar.ts';
import { flatten } from './flatten.ts';
import { isConstant, isNumber, isUnmappedOptional, typeOf, type EqlType } from './types.ts';

type CheckValue = (expression: Expression) => void;

const known = (type: EqlType): boolean => type !== 'null' && type !== 'unknown';

export function checkComparison(report: CheckReport, node: Comparison, checkValue: CheckValue): void {
  const { left, right, operator } = node;
  const { mapping } = report;
  const equality = operator === '==' || operator === '!=';
  const nullTest = [left, right].some((side) => side.kind === 'literal' && side.type === 'null');
  for (const side of [left, right]) {
    if (side.kind === 'field') checkField(report, side, equality && !nullTest);
    else checkValue(side);
  }
  if (equality) {
    checkConstantKeyword(report, left, [right]);
    checkConstantKeyword(report, right, [left]);
    checkIncompleteDate(report, left, right);
    checkIncompleteDate(report, right, left);
  }
  if (isConstant(left, mapping) || isConstant(right, mapping)) return;
  if (isUnmappedOptional(left, mapping) || isUnmappedOptional(right, mapping)) return;
  report.add('query/not-plannable', right.span, 'two fields cannot be compared with each other', {
    errorType: 'ql_illegal_argument_exception',
    why: `Elasticsearch compares a field with a constant only; it fails on "${operator}" between two fields`,
    help: 'fields may meet inside a function: startsWith~(a, b), or a - b == 0 for numbers',
  });
}

/** `== "2020-05"` is the range from the first to the last instant that the fills of the date give: its first day. */
function checkIncompleteDate(report: CheckReport, field: Expression, literal: Expression): void {
  if (field.kind !== 'field' || literal.kind !== 'literal' || typeof literal.value !== 'string') return;
  if (typeOf(field, report.mapping) !== 'date' || !/^\d{4}(?:-\d{2})?$/.test(literal.value)) return;
  report.add('query/type-mismatch', literal.span, `${JSON.stringify(literal.value)} means its first day`, {
    severity: 'warning',
    why: 'Elasticsearch fills a missing month and day with 01, also at the end of the range',
    help: 'write two comparisons, with >= and <',
  });
}

export function checkIn(report: CheckReport, node: InList, checkValue: CheckValue): void {
  const { operand, items } = node;
  const { mapping } = report;
  if (operand.kind === 'field') checkField(report, operand, true);
  else checkValue(operand);
  checkConstantKeyword(report, operand, items);
  const type = typeOf(operand, mapping);
  for (const item of items) {
    checkValue(item);
    if (!isConstant(item, mapping)) {
      report.add('query/type-mismatch', item.span, 'the values of a list have to be constant', {
        help: 'join comparisons with "or" instead',
      });
      continue;
    }
    const found = typeOf(item, mapping);
    const wanted = node.caseInsensitive ? 'string' : type;
    if (!known(found) || !known(wanted) || found === wanted || (isNumber(found) && isNumber(wanted))) continue;
    report.add('query/type-mismatch', item.span, `the list needs ${TYPE_NAMES[wanted]}, this is ${TYPE_NAMES[found]}`, {
      why: 'unlike "==", "in" converts nothing, and Elasticsearch refuses the whole query',
      help:
        type === 'ip'
          ? 'write cidrMatch(field, "10.0.0.1/32", …), or field == "…" for each'
          : 'a list converts nothing: write the values in the type of the field',
    });
  }
  if (node.caseInsensitive && type !== 'string' && known(type))
    report.add('query/type-mismatch', operand.span, `"in~" needs a string, this is ${TYPE_NAMES[type]}`, {
      help: 'write "in"',
    });
}

export function checkPattern(report: CheckReport, node: Pattern, checkValue: CheckValue): void {
  const { operand, patterns, operator } = node;
  if (operand.kind === 'field') checkField(report, operand, true);
  else checkValue(operand);
  checkConstantKeyword(report, operand, patterns);
  const type = typeOf(operand, report.mapping);
  if (type !== 'string' && known(type))
    report.add('query/type-mismatch', operand.span, `"${operator}" works on strings, this is ${TYPE_NAMES[type]}`, {
      help:
        type === 'ip' ? 'write cidrMatch(field, "10.0.0.0/8")' : 'write "==", or turn the value into text: string(…)',
    });
  for (const pattern of patterns) {
    if (pattern.type === 'string' || (operator === 'like' && pattern.type !== 'null')) continue;
    report.add('query/type-mismatch', pattern.span, `"${operator}" needs a string behind it`, {
      help:
        pattern.type === 'null'
          ? 'write "== null" to ask for events without the field'
          : operator === ':'
            ? 'write "==" to compare with a number'
            : 'put it in double quotes',
    });
  }
  if (operator === 'regex') checkRegex(report, node);
  else if (operand.kind !== 'field' && node.caseInsensitive) checkFolding(report, node);
}

/** Each pattern of the list by itself, so that the place is exact; joined with bars they are one expression. */
function checkRegex(report: CheckReport, node: Pattern): void {
  for (const pattern of node.patterns) {
    if (pattern.type !== 'string') continue;
    try {
      compileRegexp(patternText(pattern));
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      report.add('query/fails', pattern.span, error.message, {
        errorType: 'ql_illegal_argument_exception',
        why: `the regular expression is broken at character ${error.offset + 1}; Elasticsearch fails the search`,
        ...(error.help === undefined ? {} : { help: error.help }),
      });
    }
  }
  if (node.operand.kind !== 'field' && node.caseInsensitive) checkFolding(report, node);
}

/** Over a computed string, which letters beyond ASCII lose their case is not known. */
function checkFolding(report: CheckReport, node: Pattern): void {
  for (const pattern of node.patterns)
    if (/[*?]/.test(patternText(pattern)) && /[^\p{ASCII}]/u.test(patternText(pattern)))
      report.add('query/pattern-in-constant', pattern.span, 'letters beyond ASCII keep their case here', {
        severity: 'warning',
        why: 'over a computed string it is not documented which letters a pattern folds; the offline engine folds a to z',
        help: 'list both spellings',
      });
}

/**
 * Older versions merge or-ed `==` on one field into a list that converts nothing, and then fail (elasticsearch issue
 * 118621, mended by pull request 132167).
 */
export function checkMergedEqualities(report: CheckReport, node: Logical): void {
  const { stack } = report.options;
  if (!olderThan(stack, '8.19') && !(olderThan(stack, '9.1') && !olderThan(stack, '9.0'))) return;
  const seen = new Set<string>();
  for (const part of flatten(node, 'or')) {
    if (part.kind !== 'comparison' || part.operator !== '==') continue;
    const { left, right } = part;
    if (left.kind !== 'field' || right.kind !== 'literal' || right.value === null) continue;
    const [type, found] = [typeOf(left, report.mapping), typeOf(right, report.mapping)];
    if (!known(type) || type === found || (isNumber(type) && isNumber(found))) continue;
    if (seen.has(left.name))
      report.add('query/not-plannable', part.span, `several values of ${left.name} cannot be joined with "or"`, {
        errorType: 'planning_exception',
        why: `version ${stack ?? ''} makes a list of them, which converts nothing: ${left.name} is ${TYPE_NAMES[type]}, the value ${TYPE_NAMES[found]}`,
        help: type === 'ip' ? 'write cidrMatch(field, "10.0.0.1/32", …)' : 'raise min_stack_version to 8.19',
      });
    seen.add(left.name);
  }
}
