import { Option, type Command } from 'commander';
import {
  applying,
  choosing,
  configuring,
  drawing,
  formatFlag,
  locking,
  remote,
  ruleFlag,
  SEND_SECRETS,
  whole,
} from '../flags.ts';
import { ENV, ending, type Making } from './making.ts';

/** What speaks to a Kibana: `plan`, `apply`, `push`, `adopt`, `pull`, `drift` and `preview`. */
export function publishCommands({ host, add, finish }: Making): void {
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
      const { plan } = await import('../plan.ts');
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
    const { apply } = await import('../apply.ts');
    finish(await apply(host, file, options));
  });
  publishing('push [path...]', 'Plan, show the plan, ask, and bring a space of Kibana to what the repository says.', [
    'dac push --env dev',
    'dac push --env prod --prune --yes',
    'dac push --env dev --rule "Curl*" --yes',
  ]).action(async (paths: string[], options: object) => {
    const { push } = await import('../apply.ts');
    finish(await push(host, paths, options));
  });

  const adopting = remote(
    add('adopt <rule...>', 'Put our mark on rules and lists of a space that the repository has too.'),
  );
  locking(adopting.optionsGroup('What is done:').option('-y, --yes', 'do not ask'));
  drawing(adopting.optionsGroup('Output:'));
  configuring(adopting)
    .addHelpText(
      'after',
      ending(['dac adopt rules/linux/x.toml --env prod', "dac adopt '*' --env dev --yes"], [0, 2, 3]),
    )
    .action(async (rules: string[], options: object) => {
      const { adopt } = await import('../adopt.ts');
      finish(await adopt(host, rules, options));
    });

  configuring(
    add(
      'pull',
      'Bring what a space has into the files: new rules become files, changes are set in the files there are.',
    ),
  )
    .option('-e, --env <name>', ENV)
    .addOption(ruleFlag())
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
      const { pull } = await import('../pull.ts');
      finish(await pull(host, options));
    });

  configuring(add('drift', 'Show what somebody has changed in a space since the last apply, who, and when.'))
    .option('-e, --env <name>', ENV)
    .addOption(ruleFlag())
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
      const { drift } = await import('../drift.ts');
      finish(await drift(host, options));
    });

  configuring(
    add(
      'preview <rule>',
      'Run a rule in Kibana over a time that has passed, and compare with what the engine here makes of the same events.',
    ),
  )
    .optionsGroup('Kibana:')
    .option('-e, --env <name>', ENV)
    .option('--from <instant>', 'begin of the time: now-1d, 2026-01-31T12:00:00Z (default: an hour before --to)')
    .option('--to <instant>', 'start of the last run (default: now)')
    .option('--runs <n>', 'that many runs, in place of --from', whole)
    .option('--no-compare', 'only what Kibana says, without Elasticsearch if its address is not known')
    .option('--max-events <n>', 'events that are read for the comparison, at most (default: 100000)', whole)
    .option('--exit-code', 'exit with 1 if something differs, or a run failed')
    .optionsGroup('Output:')
    .addOption(formatFlag(['pretty', 'json'], { several: true }))
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']))
    .option('--ascii', 'no symbols beyond ASCII')
    .addHelpText(
      'after',
      ending(
        [
          'dac preview rules/linux/x.toml --env dev',
          'dac preview "Curl*" --from now-24h --exit-code',
          'dac preview rules/linux/x.toml --to 2026-01-31T12:00:00Z --runs 3 --format json',
        ],
        [0, 1, 2, 3],
      )
        .replace(
          'nothing to report at or above the failing level',
          'done, whatever was found unless --exit-code is given',
        )
        .replace('findings, or failing cases', 'something differs or a run failed, with --exit-code')
        .replace('no rule, no test', 'no rule; or too much to compare')
        .replace(
          'Kibana failed: not reached, not authorised, in conflict, or done in part',
          'Kibana or Elasticsearch failed: not reached, or not authorised',
        ),
    )
    .action(async (rule: string, options: object) => {
      const { preview } = await import('../preview.ts');
      finish(await preview(host, rule, options));
    });
}
