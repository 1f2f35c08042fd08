import { parseIp, parseIpOrCidr } from '../../../fields/ip.ts';
import { QueryFailure } from '../../failure.ts';
import * as strings from './strings.ts';

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

/** One entry a function, by lower-case name. Arithmetic and `wildcard` are rewritten before anything runs (desugar.ts). */
const FUNCTIONS: ReadonlyMap<string, strings.EqlFunction> = new Map([
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
]);

export const functionOf = (name: string): strings.EqlFunction | undefined => FUNCTIONS.get(name.toLowerCase());
