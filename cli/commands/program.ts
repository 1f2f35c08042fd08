import { Command, Option } from 'commander';
import { visible } from '../text/display.ts';
import { packageVersion } from '../text/package-root.ts';
import type { CheckCommand } from './check.ts';
import type { ExitCode } from './exit-code.ts';
import {
  applying,
  checks,
  collect,
  choosing,
  configuring,
  drawing,
  failing,
  formatFlag,
  remote,
  reporting,
  selecting,
  SEND_SECRETS,
  testing,
} from './flags.ts';
import type { Host } from './host.ts';

const DOCS = 'docs/cli.md in the package; dac explain ID for the page of a check';

const ENV = 'environment of dac.toml; without it the only one, or that of DAC_KIBANA_URL';

const CODES: Readonly<Record<string, string>> = {
  0: 'nothing to report at or above the failing level',
  1: 'findings, or failing cases',
  2: 'the job could not be done: bad arguments or configuration, unreadable input, no rule, no test',
  3: 'Kibana failed: not reached, not authorised, in conflict, or done in part',
  130: 'interrupted',
};

/** Examples, exit codes and where to read on; at the end of every help. */
function ending(examples: readonly string[], codes: readonly number[] = [0, 2]): string {
  const rows = codes.map(
    (code) => `  ${String(code).padEnd(4)} ${code === 0 && !codes.includes(1) ? 'done' : (CODES[code] ?? '')}`,
  );
  return `\nExamples:\n${examples.map((one) => `  $ ${one}`).join('\n')}\n\nExit codes:\n${rows.join('\n')}\n\nDocs: ${DOCS}`;
}

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
    .description('Detection as code for Elastic Security: lint rules and unit-test their queries offline.')
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

  const add = (name: string, what: string, parent = dac): Command =>
    parent
      .command(name)
      .description(what)
      .helpOption('-h, --help', 'print this help')
      .helpCommand(false)
      .addOption(new Option('--debug').hideHelp());

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
      const { check } = await import('./check.ts');
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
      const { run: command } = await import('./run.ts');
      finish(await command(host, rules, options));
    });

  configuring(add('view <rule>', 'Print a rule as a person reads it, or as the API of Kibana gets it.'))
    .optionsGroup('Output:')
    .addOption(formatFlag(['markdown', 'text', 'html', 'api'], { standard: 'markdown' }))
    .addHelpText(
      'after',
      ending([
        'dac view rules/linux/x.toml',
        'dac view rules/linux/x.toml --format html=rule.html',
        'dac view rules/linux/x.toml --format api | jq .query',
      ]),
    )
    .action(async (rule: string, options: object) => {
      const { view } = await import('./view.ts');
      finish(await view(host, rule, options));
    });

  configuring(
    add('mapping <rule>', "Print the mapping that a rule's query is read under, and where each field comes from."),
  )
    .optionsGroup('Output:')
    .option('--field <name>', 'only this field')
    .addOption(formatFlag(['text', 'json'], { standard: 'text' }))
    .addHelpText(
      'after',
      ending(['dac mapping rules/linux/x.toml --field process.name', 'dac mapping rules/linux/x.toml --format json']),
    )
    .action(async (rule: string, options: object) => {
      const { mapping } = await import('./mapping.ts');
      finish(await mapping(host, rule, options));
    });

  configuring(
    add('query <text>', 'Show how a query is read, the Query DSL it becomes, and which events it matches and why.'),
  )
    .option('-l, --language <name>', 'kql, lucene, eql or dsl', 'kql')
    .option('--mapping <file>', 'mapping to read it under: the answer of GET index, or of GET index/_mapping')
    .option('--index <pattern...>', 'without --mapping: index patterns whose field tables are used')
    .option('--events <path...>', 'files or folders: JSON, NDJSON, plain or .gz')
    .option('--now <instant>', 'what "now" means in dates')
    .optionsGroup('Output:')
    .addOption(formatFlag(['pretty', 'json'], { standard: 'pretty' }))
    .addHelpText(
      'after',
      ending(
        [
          "dac query 'process.name: (curl or wget) and not user.name: root' --events events.ndjson",
          "dac query -l lucene 'tag:(a OR b) AND NOT port:[1 TO 1023]' --mapping mapping.json",
        ],
        [0, 1, 2],
      ).replace('findings, or failing cases', 'the query does not parse, or its search fails'),
    )
    .action(async (text: string, options: object) => {
      const { query } = await import('./query.ts');
      finish(await query(host, text, options));
    });

  const planning = remote(choosing(add('plan [path...]', 'Show what publishing would change in a space of Kibana.')));
  drawing(planning.optionsGroup('Output:').addOption(formatFlag(['pretty', 'json', 'markdown'], { several: true })))
    .option('-o, --out <file>', 'save the plan, for dac apply FILE')
    .option('--send-secrets', SEND_SECRETS)
    .option('--exit-code', 'exit with 1 if something would change');
  configuring(planning)
    .addHelpText(
      'after',
      ending(
        [
          'dac plan --env prod',
          'dac plan --env prod --out plan.json --exit-code',
          'dac plan --env prod --format markdown=plan.md',
        ],
        [0, 1, 2, 3],
      )
        .replace(
          'nothing to report at or above the failing level',
          'done, also with changes unless --exit-code is given',
        )
        .replace(
          'findings, or failing cases',
          'changes, with --exit-code (Terraform says 2; here 2 is what could not be done)',
        ),
    )
    .action(async (paths: string[], options: object) => {
      const { plan } = await import('./plan.ts');
      finish(await plan(host, paths, options));
    });

  const publishing = (name: string, what: string, examples: readonly string[]): Command => {
    const command = applying(remote(choosing(add(name, what))));
    drawing(command.optionsGroup('Output:').addOption(formatFlag(['pretty', 'json'], { several: true })));
    return configuring(command).addHelpText(
      'after',
      ending(examples, [0, 1, 2, 3, 130])
        .replace('nothing to report at or above the failing level', 'done: the space is as the repository wants it')
        .replace('findings, or failing cases', 'done but for conflicts, which are left to a person'),
    );
  };
  publishing('apply [plan]', 'Do what a saved plan says; without a plan, as dac push.', [
    'dac apply plan.json',
    'dac apply plan.json --prune --prune-limit 3',
    'dac apply plan.json --dry-run',
  ]).action(async (file: string | undefined, options: object) => {
    const { apply } = await import('./apply.ts');
    finish(await apply(host, file, options));
  });
  publishing('push [path...]', 'Plan, show the plan, ask, and bring a space of Kibana to what the repository says.', [
    'dac push --env dev',
    'dac push --env prod --prune --yes',
    'dac push --env dev --rule "Curl*" --yes',
  ]).action(async (paths: string[], options: object) => {
    const { push } = await import('./apply.ts');
    finish(await push(host, paths, options));
  });

  const adopting = remote(
    add('adopt <rule...>', 'Put our mark on rules and lists of a space that the repository has too.'),
  );
  drawing(adopting.optionsGroup('Output:')).option('-y, --yes', 'do not ask');
  configuring(adopting)
    .addHelpText(
      'after',
      ending(['dac adopt rules/linux/x.toml --env prod', "dac adopt '*' --env dev --yes"], [0, 2, 3]),
    )
    .action(async (rules: string[], options: object) => {
      const { adopt } = await import('./adopt.ts');
      finish(await adopt(host, rules, options));
    });

  configuring(
    add(
      'pull',
      'Bring what a space has into the files: new rules become files, changes are set in the files there are.',
    ),
  )
    .option('-e, --env <name>', ENV)
    .option(
      '--rule <pattern>',
      'only rules with this name, id or path; * is any run of characters (repeatable)',
      collect,
    )
    .option('--new', 'only what has no file yet')
    .option('--dry-run', 'say what would be done, and write nothing')
    .optionsGroup('Output:')
    .option('--diff', 'print a unified diff, and write nothing')
    .addOption(formatFlag(['pretty', 'json'], { standard: 'pretty' }))
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']))
    .addHelpText(
      'after',
      ending(
        ['dac pull --env dev --dry-run', 'dac pull --rule "Root*"', 'dac pull --env prod --diff'],
        [0, 1, 2, 3],
      ).replace('findings, or failing cases', 'both sides have changed the same: files hold conflict markers'),
    )
    .action(async (options: object) => {
      const { pull } = await import('./pull.ts');
      finish(await pull(host, options));
    });

  configuring(add('drift', 'Show what somebody has changed in a space since the last apply, who, and when.'))
    .option('-e, --env <name>', ENV)
    .option(
      '--rule <pattern>',
      'only rules with this name, id or path; * is any run of characters (repeatable)',
      collect,
    )
    .option('--exit-code', 'exit code 1 if there is drift')
    .optionsGroup('Output:')
    .addOption(formatFlag(['pretty', 'json', 'markdown'], { several: true }))
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']))
    .addHelpText(
      'after',
      ending(['dac drift --env prod', 'dac drift --exit-code --format markdown=drift.md'], [0, 1, 2, 3]).replace(
        'findings, or failing cases',
        'drift, and --exit-code was given',
      ),
    )
    .action(async (options: object) => {
      const { drift } = await import('./drift.ts');
      finish(await drift(host, options));
    });

  add('explain [id]', 'Print the page of a check; without an id, list them all.')
    .option('--no-pager', 'never start $PAGER')
    .addHelpText('after', ending(['dac explain timing/lookback-short', 'dac explain']))
    .action(async (id: string | undefined, options: object) => {
      const { explain } = await import('./explain.ts');
      finish(explain(host, id, options));
    });

  const config = add('config', 'Show the configuration.').addHelpText(
    'after',
    ending(['dac config show', 'dac config schema > dac.schema.json']),
  );
  configuring(add('show', 'Print every effective value and where it comes from.', config))
    .optionsGroup('Output:')
    .addOption(formatFlag(['text', 'json'], { standard: 'text' }))
    .addHelpText('after', ending(['dac config show', 'DAC_STACK=8.19 dac config show --format json']))
    .action(async (options: object) => {
      const { configShow } = await import('./config.ts');
      finish(configShow(host, options));
    });
  add('schema', 'Print the JSON Schema of dac.toml.', config)
    .addHelpText('after', ending(['dac config schema > dac.schema.json']))
    .action(async () => {
      const { configSchema } = await import('./config.ts');
      finish(configSchema(host));
    });

  const cache = add('cache', 'Look after the cache.').addHelpText('after', ending(['dac cache clear']));
  configuring(add('clear', 'Delete what earlier runs have stored.', cache))
    .option('--cache-location <folder>', 'folder of the cache (default: .dac-cache)')
    .addHelpText('after', ending(['dac cache clear']))
    .action(async (options: object) => {
      const { clearLintCache } = await import('./lint-cache.ts');
      const { readConfig } = await import('./configuration.ts');
      clearLintCache(host, readConfig(host, options), options);
      finish(0);
    });

  const dev = add('dev', 'Tools for trying dac.').addHelpText('after', ending(['dac dev kibana']));
  add('kibana', 'Start a stand-in for Kibana on this machine, to try dac without a stack.', dev)
    .option('--port <n>', 'port on the loopback; 0 takes a free one', '5601')
    .option('--latency <ms>', 'milliseconds before each answer', '0')
    .addHelpText('after', ending(['dac dev kibana', 'dac dev kibana --port 5602 --latency 50']))
    .action(async (options: object) => {
      const { devKibana } = await import('./dev-kibana.ts');
      finish(await devKibana(host, options));
    });

  add('completion <shell>', 'Print a completion script for bash, zsh, fish or powershell.')
    .addHelpText(
      'after',
      ending(['source <(dac completion bash)', 'dac completion fish > ~/.config/fish/completions/dac.fish']),
    )
    .action(async (shell: string) => {
      const { completion } = await import('./completion.ts');
      host.out(completion(shell, dac));
      finish(0);
    });

  add('version', 'Print the version.')
    .option('--json', 'with those of Node, stack and ECS')
    .addHelpText('after', ending(['dac version --json']))
    .action(async (options: object) => {
      const { version } = await import('./version.ts');
      finish(version(host, options));
    });
  return dac;
}
