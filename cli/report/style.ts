import pc from 'picocolors';
import type { FrameStyle } from '../text/frame.ts';
import type { Report } from './report.ts';

/** How text for people is drawn. */
export interface Style {
  readonly colour: ReturnType<typeof pc.createColors>;
  readonly width: number;
  readonly ascii: boolean;
  readonly frame: (severity: 'error' | 'warning' | 'info') => FrameStyle;
}

const WIDTH = 100;

/** What decides how text is drawn. */
export type Drawing = Pick<Report, 'colour' | 'width' | 'ascii'>;

export function styleOf(report: Drawing): Style {
  const colour = pc.createColors(report.colour);
  const width = report.width ?? WIDTH;
  const ascii = report.ascii === true;
  const paints = { error: colour.red, warning: colour.yellow, info: colour.cyan };
  return {
    colour,
    width,
    ascii,
    frame: (severity) => ({
      width: width - 2,
      ascii,
      gutter: colour.dim,
      primary: paints[severity],
      secondary: colour.cyan,
    }),
  };
}

const SYMBOLS: Readonly<Record<string, string>> = { '✔': '+', '✘': 'x', '…': '...' };

/** Our own symbols in ASCII, for terminals that cannot show them; text of the user stays as it is. */
export const withoutSymbols = (text: string): string => text.replace(/[✔✘…]/g, (symbol) => SYMBOLS[symbol] ?? symbol);
