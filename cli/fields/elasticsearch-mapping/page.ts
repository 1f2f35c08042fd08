import { SETTING_GROUPS, SETTINGS } from './index-settings.ts';
import type { Parameter, Parameters, Use } from './parameter.ts';
import { ENABLED, ROOT, ROUTING, SOURCE } from './root.ts';
import { REFUSED_RUNTIME_TYPES, RUNTIME_TYPES } from './runtime-types.ts';
import { TEMPLATE } from './templates.ts';
import { REFUSED_TYPES, RUN_TYPES } from './types.ts';

const code = (name: string): string => `\`${name}\``;
const names = (list: readonly string[]): string => list.map(code).join(', ');

const using = (parameters: Parameters, use: Use): readonly (readonly [string, Parameter])[] =>
  Object.entries(parameters)
    .filter(([, parameter]) => parameter.use === use)
    .sort(([a], [b]) => (a < b ? -1 : 1));

const cell = (parameters: Parameters, use: Use): string => names(using(parameters, use).map(([name]) => name));

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => ' --- |').join('')}`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
  '',
];

/** Types with the same parameters share a row. */
function byParameters(types: Readonly<Record<string, { readonly parameters: Parameters }>>): readonly string[] {
  const rows = new Map<Parameters, string[]>();
  for (const [name, { parameters }] of Object.entries(types)) {
    const row = rows.get(parameters);
    if (row === undefined) rows.set(parameters, [name]);
    else row.push(name);
  }
  return table(
    ['type', 'followed', 'no effect', 'refused'],
    [...rows].map(([parameters, list]) => [
      names(list),
      cell(parameters, 'followed'),
      cell(parameters, 'no effect'),
      cell(parameters, 'refused'),
    ]),
  );
}

/** What each refused parameter does, once. */
function reasons(...tables: readonly Parameters[]): readonly (readonly string[])[] {
  const rows = new Map<string, string>();
  for (const parameters of tables)
    for (const [name, { why = '', harmless = [], harmlessFrom }] of using(parameters, 'refused')) {
      const allowed = harmless.flatMap((value) =>
        typeof value === 'boolean' || (typeof value === 'string' && value !== '') ? [code(`${value}`)] : [],
      );
      if (harmlessFrom !== undefined) allowed.push(`${harmlessFrom} or more`);
      rows.set(`${name} ${why}`, `| ${code(name)} | ${why} | ${[...new Set(allowed)].join(', ')} |`);
    }
  return [...rows.values()].sort().map((row) => row.slice(2, -2).split(' | '));
}

/** The tables of docs/mappings.md, from the data that the reader of mappings obeys. */
export function mappingTables(): string {
  return [
    '### Types',
    '',
    'Run is a field of any of these types; what each parameter of it comes to:',
    '',
    ...byParameters(RUN_TYPES),
    'Not run is a field of any of these; a query that asks for it fails and says so. In those marked with a star, text without a',
    'field would be looked for as well, so that such a query fails too.',
    '',
    ...table(
      ['type', 'why'],
      Object.entries(REFUSED_TYPES).map(([name, { why, searchedByDefault }]) => [
        code(name) + (searchedByDefault ? ' *' : ''),
        why,
      ]),
    ),
    'Runtime fields read the source at their own path:',
    '',
    ...byParameters(RUNTIME_TYPES),
    ...table(
      ['runtime field', 'why it is not run'],
      Object.entries(REFUSED_RUNTIME_TYPES).map(([name, why]) => [code(name), why]),
    ),
    'What the refused parameters do, and with which values they do nothing:',
    '',
    ...table(
      ['parameter', 'why it is refused', 'harmless as'],
      reasons(
        ...Object.values(RUN_TYPES).map(({ parameters }) => parameters),
        ...Object.values(RUNTIME_TYPES).map(({ parameters }) => parameters),
        ROOT,
        ROUTING,
        SETTINGS,
      ),
    ),
    '### The root of a mapping',
    '',
    ...table(
      ['of', 'followed', 'no effect', 'refused'],
      Object.entries({
        'the root': ROOT,
        '`_source`': SOURCE,
        '`_routing`': ROUTING,
        '`_data_stream_timestamp`, `_size`': ENABLED,
        'a dynamic template': TEMPLATE,
      }).map(([what, parameters]) => [
        what,
        cell(parameters, 'followed'),
        cell(parameters, 'no effect'),
        cell(parameters, 'refused'),
      ]),
    ),
    '### Index settings',
    '',
    ...table(
      ['class', 'settings'],
      (['followed', 'refused', 'no effect'] as const).map((use) => [
        use,
        names([
          ...using(SETTINGS, use).map(([name]) => name),
          ...using(SETTING_GROUPS, use).map(([prefix]) => `${prefix}*`),
        ]),
      ]),
    ),
  ]
    .join('\n')
    .trimEnd();
}

/** The page with its tables between the marks made anew. */
export const withTables = (page: string): string =>
  page.replace(
    /(<!-- mapping tables: npm run schemas -->\n\n)[^]*?(\n\n<!-- end of mapping tables -->)/,
    (_, before: string, after: string) => before + mappingTables() + after,
  );
