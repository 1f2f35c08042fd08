import { Command, InvalidArgumentError, Option } from 'commander';

/** Groups of flags that several commands share, so that each means the same everywhere. */

export const collect = (value: string, list: string[] | undefined): string[] => [...(list ?? []), value];

/** A whole number, for an option's value. */
export function whole(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('it has to be a whole number.');
  return Number(value);
}

export const SEVERITIES = ['info', 'warning', 'error'];
const REPORTS = ['pretty', 'concise', 'json', 'ndjson', 'sarif', 'junit', 'github', 'markdown'];

/** `--format` with the names that a command knows; they are checked where they are used, for a better message. */
export const formatFlag = (
  names: readonly string[],
  more: { readonly several?: boolean; readonly standard?: string } = {},
): Option => {
  const option = new Option(
    '-f, --format <format[=file]>',
    `${names.join(', ')}${more.several === true ? ' (repeatable)' : ''}`,
  );
  if (more.several === true) option.argParser(collect);
  if (more.standard !== undefined) option.default(more.standard);
  return option;
};

export const configuring = (command: Command): Command =>
  command
    .optionsGroup('Configuration:')
    .option('-c, --config <path>', 'this file instead of the nearest dac.toml')
    .option('--no-config', 'ignore every dac.toml')
    .option('--stack <version>', 'stack version that the rules are for, such as 9.4');

export const ruleFlag = (): Option =>
  new Option(
    '--rule <pattern>',
    'only rules with this name, id or path; * is any run of characters (repeatable)',
  ).argParser(collect);

/** `changes`: the command can also be narrowed to what git says has changed. */
export const selecting = (command: Command, changes: boolean): Command => {
  command
    .optionsGroup('Which rules:')
    .addOption(ruleFlag())
    .option('--tag <pattern>', 'only rules with this tag (repeatable)', collect)
    .option('--technique <id>', 'only rules for this ATT&CK technique or one below it (repeatable)', collect)
    .option('--files-from <file>', 'read paths from a file, one a line; - is stdin')
    .option('-0, --null', 'the paths of --files-from are separated by NUL');
  if (changes)
    command
      .option('--changed', 'only what differs from the merge base with the main branch, or is not committed')
      .option('--since <ref>', 'only what differs from the merge base with this commit')
      .option('--staged', 'only what the next commit changes');
  return command
    .option('--no-gitignore', 'files that git ignores, too')
    .option('--stdin-filename <path>', 'path of the rule that is read from stdin with -')
    .option('--allow-empty', 'no rule at all is no error');
};

export const reporting = (command: Command): Command =>
  command
    .optionsGroup('Output:')
    .addOption(formatFlag(REPORTS, { several: true }))
    .addOption(new Option('--min-severity <severity>', 'lowest severity that is shown').choices(SEVERITIES))
    .option('--max-findings <n>', 'findings that pretty shows, 0 for all (default: 50)', whole)
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']))
    .option('--ascii', 'no symbols beyond ASCII')
    .option('-q, --quiet', 'no summary line')
    .option('-v, --verbose', 'say on stderr which configuration and files are used, and how each case came out');

export const failing = (command: Command): Command =>
  command
    .optionsGroup('What fails:')
    .addOption(new Option('--fail-on <severity>', 'lowest severity that gives exit code 1').choices(SEVERITIES))
    .option('--max-warnings <n>', 'number of warnings above which the exit code is 1', whole)
    .option('--exit-zero', 'findings and failing cases give exit code 0');

export const checks = (command: Command): Command =>
  command
    .optionsGroup('Which checks:')
    .option('--only <id>', 'only this check or category (repeatable)', collect)
    .option('--skip <id>', 'not this check or category (repeatable)', collect)
    .optionsGroup('Fixing:')
    .option('--fix', 'make the changes that do not alter what a rule means')
    .option('--unsafe-fixes', 'with --fix or --diff: also those that may')
    .option('--diff', 'print the changes instead of making them')
    .optionsGroup('Cache:')
    .option('--no-cache', 'neither read nor write the cache')
    .option('--cache-location <folder>', 'folder of the cache (default: .dac-cache)');

export const testing = (command: Command): Command =>
  command.optionsGroup('Tests:').option('--bail [n]', 'stop after that many rules with failing cases (1)', whole);

/** `--env`, and what narrows a run against Kibana. */
export const remote = (command: Command): Command =>
  command
    .optionsGroup('Kibana:')
    .option('-e, --env <name>', 'environment of dac.toml; without it the only one, or that of DAC_KIBANA_URL')
    .option('--only <kind>', 'rules, exceptions, value-lists or connectors (repeatable)', collect);

export const choosing = (command: Command): Command =>
  command
    .optionsGroup('Which rules:')
    .addOption(ruleFlag())
    .option('--tag <pattern>', 'only rules with this tag (repeatable)', collect)
    .option('--allow-empty', 'no rule at all is no error');

export const drawing = (command: Command): Command =>
  command
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']))
    .option('--ascii', 'no symbols beyond ASCII');

export const SEND_SECRETS = 'send the secrets of connectors again, as after a rotation: Kibana never shows them';

export const locking = (command: Command): Command =>
  command
    .option('--break-lock', 'take the lock of the space from whoever has it')
    .option('--no-lock', 'take no lock: nobody else can be at work');

/** How much of a plan is done, and how. */
export const applying = (command: Command): Command =>
  locking(
    command
      .optionsGroup('What is done:')
      .option('-y, --yes', 'do not ask')
      .option('--confirm <environment>', 'do not ask, in a protected environment of this name')
      .option('--dry-run', 'check everything, with the dry run of Kibana where it has one, and write nothing')
      .option('--prune', 'delete what is ours and has left the repository')
      .option('--prune-limit <n>', 'refuse to delete more than that at once (10)', whole)
      .option('--send-secrets', SEND_SECRETS)
      .option('--overwrite-conflicts', 'write over what was changed in Kibana since the last apply'),
  );
