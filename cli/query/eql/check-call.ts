import { suggestions } from '../../text/suggest.ts';
import type { Call, Expression } from './ast.ts';
import { checkField } from './check-field.ts';
import { meant, TYPE_NAMES, type CheckReport } from './check-report.ts';
import { arity, functionNames, signatureOf, type Parameter } from './signatures.ts';
import { isConstant, isNumber, typeOf } from './types.ts';

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];
const ordinal = (n: number): string => ORDINALS[n] ?? `${n + 1}th`;

/** A function call: name, variant, number of arguments, and each argument. `checkValue` checks what is not a field. */
export function checkCall(report: CheckReport, node: Call, checkValue: (expression: Expression) => void): void {
  const signature = signatureOf(node.name.text);
  if (signature === undefined) {
    report.add('query/unknown-function', node.name.span, `there is no function ${node.name.text}`, {
      help: `the functions are ${functionNames.join(', ')}`,
      ...meant(suggestions(node.name.text, functionNames)),
    });
    node.args.forEach(checkValue);
    return;
  }
  if (node.caseInsensitive && signature.tilde !== true)
    report.add('query/wrong-arguments', node.name.span, `${signature.name} has no variant with "~"`, {
      errorType: 'parsing_exception',
      help: 'take the "~" out',
    });
  const { min, max, text } = arity(signature);
  if (node.args.length < min || node.args.length > max) {
    const plural = text === 'one' || text === 'at least one' ? '' : 's';
    report.add(
      'query/wrong-arguments',
      node.span,
      `${signature.name} takes ${text} argument${plural}, it has ${node.args.length}`,
      { errorType: 'parsing_exception', help: `write ${usage(signature.name, signature.parameters)}` },
    );
    node.args.forEach(checkValue);
    return;
  }
  node.args.forEach((arg, at) => {
    const parameter = signature.parameters[Math.min(at, signature.parameters.length - 1)];
    if (parameter !== undefined) checkArgument(report, node, arg, at, parameter, checkValue);
  });
  if (/^(endswith|stringcontains)$/i.test(signature.name)) leafConstant(report, node);
}

/** `between(string, string, string[, boolean])`. */
const usage = (name: string, parameters: readonly Parameter[]): string =>
  `${name}(${parameters
    .map(
      ({ type, optional }, at) =>
        `${optional === true ? `[${at === 0 ? '' : ', '}` : at === 0 ? '' : ', '}${type}${optional === true ? ']' : ''}`,
    )
    .join('')})`;

function checkArgument(
  report: CheckReport,
  node: Call,
  arg: Expression,
  at: number,
  parameter: Parameter,
  checkValue: (expression: Expression) => void,
): void {
  if (arg.kind === 'field') {
    const field = checkField(report, arg, true);
    if (field === undefined && !arg.optional) return;
  } else checkValue(arg);
  const what = `the ${ordinal(at)} argument of ${node.name.text}`;
  if (parameter.constant === true && !isConstant(arg, report.mapping)) {
    report.add('query/wrong-arguments', arg.span, `${what} has to be a constant`, {
      help: 'put the value itself there; only the first argument may be a field',
    });
    return;
  }
  const type = typeOf(arg, report.mapping);
  if (type === 'null' || type === 'unknown' || parameter.type === 'any') return;
  const fits = parameter.type === 'number' ? isNumber(type) : parameter.type === type;
  if (fits) return;
  const wanted = parameter.type === 'number' ? 'a number' : TYPE_NAMES[parameter.type];
  report.add(
    'query/wrong-arguments',
    arg.span,
    `${what} has to be ${wanted}, this is ${TYPE_NAMES[type]}`,
    parameter.type === 'string'
      ? { help: 'string(…) turns a value into text' }
      : type === 'string' && parameter.type === 'number'
        ? { help: 'number(…) turns text into a number' }
        : {},
  );
}

/**
 * On a field, endsWith and stringContains become wildcard queries whose constant is not escaped: `*`, `?` and backslash
 * in it are special (elasticsearch: x-pack/plugin/eql/.../planner/QueryTranslator.java).
 */
function leafConstant(report: CheckReport, node: Call): void {
  const [subject, constant] = node.args;
  if (subject?.kind !== 'field' || constant?.kind !== 'literal' || typeof constant.value !== 'string') return;
  if (!/[*?\\]/.test(constant.value) || report.mapping.field(subject.name) === undefined) return;
  report.add(
    'query/pattern-in-constant',
    constant.span,
    `"*", "?" and backslash are special in the constant of ${node.name.text}`,
    {
      severity: 'warning',
      why: 'Elasticsearch runs this as a wildcard query without escaping: a star means any text, a backslash escapes the next character',
      help: 'double each backslash once more to mean a backslash; write \\\\* for a literal star',
    },
  );
}
