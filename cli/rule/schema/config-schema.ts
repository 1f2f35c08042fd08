import { ENVIRONMENTS } from './environment-schema.ts';

const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const texts = { type: 'array', items: text };
const severity = { enum: ['error', 'warning', 'info'] };

const described = <T extends object>(description: string, schema: T): T & { description: string } => ({
  description,
  ...schema,
});
const closed = (description: string, properties: Record<string, unknown>, required: readonly string[] = []) => ({
  description,
  type: 'object',
  properties,
  required: [...required],
  additionalProperties: false,
});

const disable = described(
  'Checks that are switched off: ids such as rule/file-name, or categories such as tags.',
  texts,
);
const severities = described('Severity by id of a check.', { type: 'object', additionalProperties: severity });

/** dac.toml. Keys that hold one value have their `default` here and nowhere else. */
export const CONFIG = {
  type: 'object',
  properties: {
    stack: described('Stack version that the rules are for, such as 9.4.', {
      type: 'string',
      pattern: '^\\d+\\.\\d+$',
      default: '9.5',
    }),
    paths: closed('Folders, relative to dac.toml.', {
      rules: described('Folder of the rules, or a list of folders; files of new rules go into the first.', {
        type: ['string', 'array'],
        minLength: 1,
        items: text,
        minItems: 1,
        uniqueItems: true,
        default: 'rules',
      }),
      tests: described('Folder of the suites: one folder a rule, at the same path.', { ...text, default: 'test-data' }),
      exceptions: described('Folder of the exception lists, one file each; it need not be there.', {
        ...text,
        default: 'exceptions',
      }),
      value_lists: described('Folder of the value lists, <id>.<type>.txt each; it need not be there.', {
        ...text,
        default: 'value-lists',
      }),
      connectors: described('Folder of the connectors, one file each; it need not be there.', {
        ...text,
        default: 'connectors',
      }),
    }),
    lint: closed('What the linter asks for.', {
      disable: { ...disable, default: [] },
      severity: { ...severities, default: {} },
      required_tags: described('Beginnings of tags; a rule needs a tag for each of them.', {
        ...texts,
        default: ['Domain:', 'Use Case:'],
      }),
      guide_sections: described('Words that the headings of an investigation guide need.', {
        ...texts,
        default: ['Triage and analysis', 'investigation steps', 'False positive', 'Response and remediation'],
      }),
      fail_on: described('Lowest severity that makes the run fail.', { ...severity, default: 'error' }),
      min_severity: described('Lowest severity that is shown.', { ...severity, default: 'info' }),
      max_warnings: described('Number of warnings above which the run fails; -1 for no limit.', {
        type: 'integer',
        minimum: -1,
        default: -1,
      }),
    }),
    test: closed('What every suite needs.', {
      min_positive: described('Cases that must alert.', { ...count, default: 1 }),
      min_negative: described('Cases that must not alert.', { ...count, default: 1 }),
    }),
    kibana: closed('Publishing.', {
      marker: described(
        'Tag that marks what is ours in a space. It is put on when publishing and is never in a file.',
        {
          ...text,
          default: 'Managed by: dac',
        },
      ),
    }),
    environments: ENVIRONMENTS,
    overrides: {
      description: 'Other lint settings for some files. For each key the last entry whose `files` fit wins.',
      type: 'array',
      items: closed(
        'Settings for the files that the patterns fit.',
        {
          files: described('Patterns of paths relative to dac.toml, such as rules/windows/**.', {
            ...texts,
            minItems: 1,
          }),
          disable,
          severity: severities,
        },
        ['files'],
      ),
    },
  },
  required: [],
  additionalProperties: false,
};
