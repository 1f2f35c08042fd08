import type { Host } from './host.ts';

/** How text is drawn. */
export interface Terminal {
  readonly colour: boolean;
  /** True: symbols are written in ASCII. */
  readonly ascii: boolean;
  /** Columns of a line. */
  readonly width: number;
}

export interface TerminalOptions {
  readonly color?: string;
  readonly ascii?: boolean;
}

const MAX_WIDTH = 120;
const UNKNOWN_WIDTH = 100;

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/** `--color` beats NO_COLOR, which beats FORCE_COLOR; without any, a terminal that is not dumb has colour. */
function hasColour({ env, terminal }: Host, when: string | undefined): boolean {
  if (when === 'always' || when === 'never') return when === 'always';
  if (env['NO_COLOR'] !== undefined) return false;
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return terminal && env['TERM'] !== 'dumb';
}

/** A locale that is named and is not UTF-8 cannot show our symbols. */
function isAsciiLocale({ env }: Host): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet);
  return locale !== undefined && !/utf-?8/i.test(locale);
}

export const terminalOf = (host: Host, options: TerminalOptions): Terminal => ({
  colour: hasColour(host, options.color),
  ascii: options.ascii === true || isAsciiLocale(host),
  width: Math.min(host.columns ?? UNKNOWN_WIDTH, MAX_WIDTH),
});
