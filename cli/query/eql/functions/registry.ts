import { parseIp, parseIpOrCidr } from '../../../fields/ip.ts';
import { QueryFailure } from '../../failure.ts';
import { compileScriptPattern } from '../script-pattern.ts';
import type { EqlValue } from '../value.ts';
import { calculate, type ArithmeticOperator } from './arithmetic.ts';
import * as strings from './strings.ts';

const arithmetic =
  (operator: ArithmeticOperator): strings.EqlFunction =>
  ([a = null, b = null]) =>
    calculate(operator, a, b);

const cidrMatch: strings.EqlFunction = ([address = null, ...blocks]) => {
  if (address === null) return null;
  const ip = typeof address === 'string' ? parseIp(address) : undefined;
  return blocks.some((block) => {
    const parsed = typeof block === 'string' ? parseIpOrCidr(block) : undefined;
    if (parsed === undefined)
      throw new QueryFailure(`${JSON.stringify(block)} is not a block of addresses`, { help: 'write 10.0.0.0/8' });
    return ip !== undefined && ip >= parsed.low && ip <= parsed.high;
  });
};

const wildcard: strings.EqlFunction = ([subject = null, ...patterns], fold) => {
  if (subject === null) return null;
  if (typeof subject !== 'string') throw new QueryFailure('wildcard needs a string');
  return patterns.some((pattern: EqlValue) => compileScriptPattern('like', String(pattern), fold)(subject));
};

/** One entry a function, by lower-case name. */
const FUNCTIONS: ReadonlyMap<string, strings.EqlFunction> = new Map([
  ['add', arithmetic('+')],
  ['subtract', arithmetic('-')],
  ['multiply', arithmetic('*')],
  ['divide', arithmetic('/')],
  ['modulo', arithmetic('%')],
  ['between', strings.between],
  ['cidrmatch', cidrMatch],
  ['concat', strings.concat],
  ['endswith', strings.endsWith],
  ['startswith', strings.startsWith],
  ['stringcontains', strings.stringContains],
  ['indexof', strings.indexOf],
  ['length', strings.length],
  ['number', strings.number],
  ['string', strings.string],
  ['substring', strings.substring],
  ['wildcard', wildcard],
]);

export const functionOf = (name: string): strings.EqlFunction | undefined => FUNCTIONS.get(name.toLowerCase());
