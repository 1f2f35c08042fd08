import { CommanderError, type Command } from 'commander';
import type { ExitCode } from './exit-code.ts';
import { reportFailure } from './failure.ts';
import type { Host } from './host.ts';
import { program, SHORT_HELP } from './program.ts';

/** Runs the program; the exit code as in docs/cli.md. `argv` is without node and the script. */
export async function main(argv: readonly string[], host: Host): Promise<ExitCode> {
  let code: ExitCode = 0;
  const dac = program(host, (result) => {
    code = result;
  });
  const throwing = (command: Command): void => {
    command.exitOverride();
    command.commands.forEach(throwing);
  };
  throwing(dac);
  try {
    if (argv.length === 0) {
      host.out(SHORT_HELP);
      return 0;
    }
    await dac.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportFailure(host, error, argv.includes('--debug'));
  }
}
