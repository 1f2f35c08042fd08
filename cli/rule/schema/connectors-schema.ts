import { free, list, meaning, name, table, type Schema } from './build.ts';

/** Where a secret comes from; its value is in no file of the repository. Which of the three it is, the loader checks. */
const source = table('Where the value comes from: one of the three.', {
  env: name('Variable that holds it.', 'SLACK_WEBHOOK'),
  command: list('Program that prints it, and its arguments; no shell reads them.', { type: 'string' }, { minItems: 1 }),
  file: name('File that holds it and that nobody else may read, relative to dac.toml.'),
});

const config = free('What Kibana keeps in the open for this type of connector, such as url of .webhook.');
const secrets = meaning('What Kibana keeps encrypted, by its name, each as where it comes from.', {
  type: 'object',
  additionalProperties: source,
});

/** connectors/<name>.toml */
export const CONNECTOR: Schema = {
  type: 'object',
  properties: {
    name: name('Name by which actions call it. Its id is made of it; with another name it is another connector.'),
    connector_type_id: name('Type of connector, as Kibana calls it.', '.slack', '.webhook', '.email'),
    config,
    secrets,
    environments: meaning('Other values for one environment of dac.toml; each member replaces the one above.', {
      type: 'object',
      additionalProperties: table('Values for this environment.', { config, secrets }),
    }),
  },
  required: ['name', 'connector_type_id'],
  additionalProperties: false,
};
