import type { CheckCommand } from '../check.ts';
import { checks, configuring, failing, formatFlag, reporting, selecting, testing } from '../flags.ts';
import { ending, type Making } from './making.ts';

/** `check`, `lint`, `test` and `run`. */
export function checkCommands({ host, add, finish }: Making): void {
  const checking = (name: CheckCommand, what: string, examples: readonly string[]): void => {
    const command = add(`${name} [path...]`, what);
    selecting(command, true);
    if (name !== 'test') checks(command);
    if (name !== 'lint') testing(command);
    if (name === 'test') command.option('--allow-no-tests', 'no test at all is no error');
    reporting(command);
    failing(command);
    configuring(command);
    command.addHelpText('after', ending(examples, [0, 1, 2, 130])).action(async (paths: string[], options: object) => {
      const { check } = await import('../check.ts');
      finish(await check(host, name, paths, options));
    });
  };
  checking('check', 'Lint and test rules.', [
    'dac check',
    'dac check --changed',
    'dac check --format pretty --format sarif=dac.sarif',
  ]);
  checking('lint', 'Lint rules.', [
    'dac lint rules/linux',
    'dac lint --only query --fail-on warning',
    'dac lint - --stdin-filename rules/linux/x.toml < x.toml',
  ]);
  checking('test', 'Run the suites of rules.', [
    'dac test',
    'dac test test-data/linux/x',
    'dac test --technique T1553 --format junit=tests.xml',
  ]);

  const run = add('run [rule...]', 'Run rules over events and print which rule raises which alert on which event.');
  run
    .requiredOption('--events <path...>', 'files or folders: JSON, NDJSON, plain or .gz')
    .option('--any-index', "search events of every index, whatever the rule's index patterns say")
    .addOption(formatFlag(['pretty', 'json'], { standard: 'pretty' }))
    .option('-q, --quiet', 'no summary line');
  configuring(selecting(run, false))
    .addHelpText(
      'after',
      ending(
        [
          'dac run rules/linux --events events.ndjson.gz',
          'dac run rules --tag "OS: Windows" --events recordings/ --format json',
        ],
        [0, 2],
      ).replace('done', 'done; 1 if a rule cannot be run'),
    )
    .action(async (rules: string[], options: { events: string[] }) => {
      const { run: command } = await import('../run.ts');
      finish(await command(host, rules, options));
    });
}
