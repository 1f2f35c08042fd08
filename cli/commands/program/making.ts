import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';

/** Adds a command, below another one or at the top, with what every command has. */
export type Add = (name: string, what: string, parent?: Command) => Command;

/** What the commands of one group are made with. */
export interface Making {
  readonly host: Host;
  readonly add: Add;
  /** Takes the exit code. */
  readonly finish: (code: ExitCode) => void;
}

const DOCS = 'docs/cli.md in the package; dac explain ID for the page of a check';

export const ENV = 'environment of dac.toml; without it the only one, or that of DAC_KIBANA_URL';

const CODES: Readonly<Record<string, string>> = {
  0: 'nothing to report at or above the failing level',
  1: 'findings, or failing cases',
  2: 'the job could not be done: bad arguments or configuration, unreadable input, no rule, no test',
  3: 'Kibana failed: not reached, not authorised, in conflict, or done in part',
  130: 'interrupted',
};

/** Examples, exit codes and where to read on; at the end of every help. */
export function ending(examples: readonly string[], codes: readonly number[] = [0, 2]): string {
  const rows = codes.map(
    (code) => `  ${String(code).padEnd(4)} ${code === 0 && !codes.includes(1) ? 'done' : (CODES[code] ?? '')}`,
  );
  return `\nExamples:\n${examples.map((one) => `  $ ${one}`).join('\n')}\n\nExit codes:\n${rows.join('\n')}\n\nDocs: ${DOCS}`;
}
