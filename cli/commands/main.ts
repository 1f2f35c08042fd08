import { Command, CommanderError } from 'commander';
import { visible } from '../text/display.ts';
import { KnownError } from '../text/known-error.ts';
import { packageVersion } from '../text/package-root.ts';

const EXIT = `
Exit codes: 0 nothing to report, 1 findings or failing tests, 2 could not do the job`;

const collect = (value: string, list: string[] | undefined): string[] => [...(list ?? []), value];

/** Options of commands that select rules. */
function selecting(command: Command): Command {
  return command
    .option('-c, --config <path>', 'configuration instead of the nearest dac.toml')
    .option('--no-config', 'ignore every dac.toml')
    .option('--rule <glob>', 'only rules with this name, id or path (repeatable)', collect)
    .option('--tag <glob>', 'only rules with this tag (repeatable)', collect)
    .option('--allow-empty', 'no rule at all is no error');
}

function checking(command: Command): Command {
  return selecting(command)
    .option(
      '-f, --format <format[=file]>',
      'pretty, concise, json, ndjson, sarif, junit, github, markdown (repeatable)',
      collect,
    )
    .option('--only <id>', 'only this check or category (repeatable)', collect)
    .option('--skip <id>', 'not this check or category (repeatable)', collect)
    .option('--fail-on <severity>', 'lowest severity that fails: info, warning, error', 'error')
    .option('--max-findings <n>', 'findings to show in pretty, 0 for all', '50')
    .option('--color <when>', 'auto, always, never', 'auto')
    .option('-q, --quiet', 'no summary when there is nothing to report');
}

function program(finish: (code: number) => void): Command {
  const dac = new Command('dac')
    .description('Detection as code for Elastic Security: lint rules and unit-test their queries offline.')
    .version(packageVersion(), '--version')
    .showSuggestionAfterError(true)
    .configureHelp({ sortSubcommands: false })
    .addHelpText(
      'after',
      `\nExamples:\n  dac check                      lint and test every rule\n  dac test --rule "Root*"        test one rule\n  dac run rules/linux --events events.ndjson --format json\n${EXIT}`,
    );
  for (const [name, what] of [
    ['check', 'Lint and test rules.'],
    ['lint', 'Lint rules.'],
    ['test', 'Run the suites of rules.'],
  ] as const) {
    const command = checking(dac.command(`${name} [path...]`).description(what)).addHelpText(
      'after',
      `\nExample:\n  dac ${name} rules/linux --format sarif=dac.sarif\n${EXIT}`,
    );
    if (name === 'test') command.option('--allow-no-tests', 'no test at all is no error');
    command.action(async (paths: string[], options: object) => {
      const { check } = await import('./check.ts');
      finish(check(name, paths, options));
    });
  }
  selecting(
    dac.command('run <rule...>').description('Run rules over events and print which alert is raised on which event.'),
  )
    .requiredOption('--events <path...>', 'files or folders: JSON, NDJSON, plain or .gz')
    .option('--any-index', "search events of every index, whatever the rule's index patterns say")
    .option('-f, --format <format>', 'pretty or json', 'pretty')
    .addHelpText('after', `\nExample:\n  dac run rules/linux --events /tmp/events.ndjson.gz --format json\n${EXIT}`)
    .action(async (rules: string[], options: object) => {
      const { run } = await import('./run.ts');
      finish(run(rules, options));
    });
  dac
    .command('view <rule>')
    .description('Print a rule as a person reads it.')
    .option('-f, --format <format>', 'markdown, text, html, api', 'markdown')
    .addHelpText(
      'after',
      `\nExample:\n  dac view rules/linux/defense_evasion_root_certificate_installation.toml --format html > rule.html\n${EXIT}`,
    )
    .action(async (rule: string, options: { format: string }) => {
      const { view } = await import('./view.ts');
      finish(await view(rule, options.format));
    });
  selecting(
    dac
      .command('mapping <rule>')
      .description("Print the mapping that a rule's query is read under, and where each field comes from."),
  )
    .option('--field <name>', 'only this field')
    .addHelpText('after', `\nExample:\n  dac mapping rules/linux/x.toml --field process.name\n${EXIT}`)
    .action(async (rule: string, options: { field?: string }) => {
      const { mapping } = await import('./mapping.ts');
      finish(mapping(rule, options));
    });
  const config = dac.command('config').description('Show the configuration.');
  config
    .command('show')
    .description('Print the effective values and where they come from.')
    .option('-c, --config <path>', 'configuration instead of the nearest dac.toml')
    .action(async (options: { config?: string }) => {
      const { readConfig } = await import('./session.ts');
      process.stdout.write(`${JSON.stringify(readConfig(options.config, false), null, 2)}\n`);
      finish(0);
    });
  dac
    .command('completion <shell>')
    .description('Print a completion script for bash, zsh or fish.')
    .action(async (shell: string) => {
      const { completion } = await import('./completion.ts');
      process.stdout.write(
        completion(
          shell,
          dac.commands.map((one) => one.name()),
        ),
      );
      finish(0);
    });
  return dac;
}

/** Runs the program; the exit code as in docs/cli.md. Nothing but known errors is shown without a stack. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  const dac = program((result) => {
    code = result;
  });
  const each = (command: Command): void => {
    command.exitOverride();
    command.commands.forEach(each);
  };
  each(dac);
  try {
    if (argv.length <= 2) {
      dac.outputHelp();
      return 0;
    }
    await dac.parseAsync([...argv]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof KnownError) {
      const { place } = error;
      const where =
        place?.path === undefined
          ? ''
          : `${place.path}${place.line === undefined ? '' : `:${place.line}:${place.column ?? 1}`}: `;
      process.stderr.write(
        visible(
          `error: ${where}${error.message}\n${error.why === undefined ? '' : `  why: ${error.why}\n`}${error.help === undefined ? '' : `  help: ${error.help}\n`}`,
        ),
      );
      return error.kind === 'remote' ? 3 : 2;
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `this is a bug in dac ${packageVersion()}; please report it with the text below\n${visible(detail)}\n`,
    );
    return 2;
  }
}
