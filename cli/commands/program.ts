import { Command, Option } from 'commander';
import { visible } from '../text/display.ts';
import { packageVersion } from '../text/package-root.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { checkCommands } from './program/check-commands.ts';
import { lookCommands } from './program/look-commands.ts';
import { ending, type Add, type Making } from './program/making.ts';
import { ownCommands } from './program/own-commands.ts';
import { publishCommands } from './program/publish-commands.ts';

/** What `dac` alone prints. */
export const SHORT_HELP = `dac lints detection rules for Elastic Security and runs their queries offline.

  $ dac check                                  lint and test every rule
  $ dac test --rule "Root*"                    test the rules of that name
  $ dac run rules/linux --events events.ndjson which rule alerts on which event

dac --help lists the commands, dac COMMAND --help their options.
`;

/**
 * The whole command line as commander knows it. Actions load the command's own file when it is called, which keeps the
 * start short; `finish` takes the exit code.
 */
export function program(host: Host, finish: (code: ExitCode) => void): Command {
  const dac = new Command('dac')
    .description(
      'Detection as code for Elastic Security: lint rules, unit-test their queries offline, publish them to Kibana.',
    )
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => host.out(text),
      writeErr: (text) => host.err(visible(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      getOutHelpWidth: () => Math.min(host.columns ?? 100, 120),
    })
    .addOption(new Option('--debug', 'print the stack of an error'))
    .addHelpText(
      'after',
      ending(
        ['dac check', 'dac test --rule "Root*"', 'dac run rules/linux --events events.ndjson --format json'],
        [0, 1, 2, 130],
      ),
    );

  const add: Add = (name, what, parent = dac) =>
    parent
      .command(name)
      .description(what)
      .helpOption('-h, --help', 'print this help')
      .helpCommand(false)
      .addOption(new Option('--debug').hideHelp());

  const making: Making = { host, add, finish };
  checkCommands(making);
  lookCommands(making);
  publishCommands(making);
  ownCommands(dac, making);
  return dac;
}
