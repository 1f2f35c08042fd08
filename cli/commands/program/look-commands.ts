import { configuring, formatFlag } from '../flags.ts';
import { ending, type Making } from './making.ts';

/** `view`, `mapping`, `query` and `explain`. */
export function lookCommands({ host, add, finish }: Making): void {
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
      const { view } = await import('../view.ts');
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
      const { mapping } = await import('../mapping.ts');
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
      const { query } = await import('../query.ts');
      finish(await query(host, text, options));
    });

  add('explain [id]', 'Print the page of a check; without an id, list them all.')
    .option('--no-pager', 'never start $PAGER')
    .addHelpText('after', ending(['dac explain timing/lookback-short', 'dac explain']))
    .action(async (id: string | undefined, options: object) => {
      const { explain } = await import('../explain.ts');
      finish(explain(host, id, options));
    });
}
