import type { Command } from 'commander';
import { configuring, formatFlag } from '../flags.ts';
import { ending, type Making } from './making.ts';

/** About dac itself: `config`, `cache`, `dev`, `completion` and `version`. */
export function ownCommands(dac: Command, { host, add, finish }: Making): void {
  const config = add('config', 'Show the configuration.').addHelpText(
    'after',
    ending(['dac config show', 'dac config schema > dac.schema.json']),
  );
  configuring(add('show', 'Print every effective value and where it comes from.', config))
    .optionsGroup('Output:')
    .addOption(formatFlag(['text', 'json'], { standard: 'text' }))
    .addHelpText('after', ending(['dac config show', 'DAC_STACK=8.19 dac config show --format json']))
    .action(async (options: object) => {
      const { configShow } = await import('../config.ts');
      finish(configShow(host, options));
    });
  add('schema', 'Print the JSON Schema of dac.toml.', config)
    .addHelpText('after', ending(['dac config schema > dac.schema.json']))
    .action(async () => {
      const { configSchema } = await import('../config.ts');
      finish(configSchema(host));
    });

  const cache = add('cache', 'Look after the cache.').addHelpText('after', ending(['dac cache clear']));
  configuring(add('clear', 'Delete what earlier runs have stored.', cache))
    .option('--cache-location <folder>', 'folder of the cache (default: .dac-cache)')
    .addHelpText('after', ending(['dac cache clear']))
    .action(async (options: object) => {
      const { clearLintCache } = await import('../lint-cache.ts');
      const { readConfig } = await import('../configuration.ts');
      clearLintCache(host, readConfig(host, options), options);
      finish(0);
    });

  const dev = add('dev', 'Tools for trying dac.').addHelpText('after', ending(['dac dev kibana']));
  add('kibana', 'Start a stand-in for Kibana on this machine, to try dac without a stack.', dev)
    .option('--port <n>', 'port on the loopback; 0 takes a free one', '5601')
    .option('--latency <ms>', 'milliseconds before each answer', '0')
    .option(
      '--events <path...>',
      'files or folders of events, which dac preview then finds: JSON, NDJSON, plain or .gz',
    )
    .option('--search-port <n>', 'port of the Elasticsearch that holds the events', '9200')
    .addHelpText(
      'after',
      ending(['dac dev kibana', 'dac dev kibana --port 5602 --latency 50', 'dac dev kibana --events events.ndjson']),
    )
    .action(async (options: object) => {
      const { devKibana } = await import('../dev-kibana.ts');
      finish(await devKibana(host, options));
    });

  add('completion <shell>', 'Print a completion script for bash, zsh, fish or powershell.')
    .addHelpText(
      'after',
      ending(['source <(dac completion bash)', 'dac completion fish > ~/.config/fish/completions/dac.fish']),
    )
    .action(async (shell: string) => {
      const { completion } = await import('../completion.ts');
      host.out(completion(shell, dac));
      finish(0);
    });

  add('version', 'Print the version.')
    .option('--json', 'with those of Node, stack and ECS')
    .addHelpText('after', ending(['dac version --json']))
    .action(async (options: object) => {
      const { version } = await import('../version.ts');
      finish(version(host, options));
    });
}
