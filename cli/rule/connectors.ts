import type { Diagnostic } from '../text/diagnostic.ts';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { SourceFile } from '../text/source-file.ts';
import { span, type Span } from '../text/span.ts';
import type { Pointer } from './rule.ts';
import { parseToml, type TomlDocument } from './toml/document.ts';
import { CONNECTOR } from './kinds/connector.ts';
import { validate } from './validate.ts';

/** Where a secret comes from: `env`, `command` or `file`, one of them. */
export type SecretReference =
  { readonly env: string } | { readonly command: readonly string[] } | { readonly file: string };

/** A connector as a file describes it, for one environment. No secret is in it. */
export interface Connector {
  readonly name: string;
  readonly type: string;
  readonly config: JsonObject;
  readonly secrets: ReadonlyMap<string, SecretReference>;
}

/** A file of a connector as read: always there, however broken. */
export interface ConnectorFile {
  readonly path: string;
  /** Without secrets that somebody has written out: they are starred, so that no message repeats them. */
  readonly source: SourceFile;
  readonly problems: readonly Diagnostic[];
  /** Names of environments that the file has values for, with their places. */
  readonly environments: ReadonlyMap<string, Span>;
  /** Undefined: the file has problems. */
  readonly in: (environment: string) => Connector | undefined;
}

const MAX_BYTES = 1024 * 1024;

/** Reads a file of a connector. Never throws for what it holds. */
export function loadConnectorFile(path: string, content: Uint8Array | string): ConnectorFile {
  const broken = (source: SourceFile, problems: readonly Diagnostic[]): ConnectorFile => ({
    path,
    source,
    problems,
    environments: new Map(),
    in: () => undefined,
  });
  const refused = (message: string, help: string): ConnectorFile =>
    broken(new SourceFile(path, ''), [{ id: 'file/not-readable', severity: 'error', message, span: span(0, 0), help }]);
  if (content.length > MAX_BYTES) return refused('the file is larger than 1 MiB', 'is this the right file?');
  let text: string;
  try {
    text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return refused('the file is not valid UTF-8', 'save it as UTF-8');
  }
  const document = parseToml(new SourceFile(path, text));
  const { source, data } = document;
  if (data === undefined) return broken(source, document.problems);
  const written = literals(data, document);
  if (written.length > 0) return broken(starred(source, written), written);
  const problems = [...validate(CONNECTOR, document)];
  if (problems.length === 0) problems.push(...sourceFaults(data, document), ...emptyTexts(data, document));
  if (problems.length > 0) return broken(source, problems);
  const environments = tableOf(data, 'environments');
  return {
    path,
    source,
    problems: [],
    environments: new Map(Object.keys(environments).map((name) => [name, document.keySpan(['environments', name])])),
    in: (environment) => connectorOf(data, tableOf(environments, environment)),
  };
}

const tableOf = (table: JsonObject, key: string): JsonObject => {
  const value = own(table, key);
  return isJsonObject(value) ? value : {};
};
const textOf = (table: JsonObject, key: string): string => {
  const value = own(table, key);
  return typeof value === 'string' ? value : '';
};

function connectorOf(data: JsonObject, environment: JsonObject): Connector {
  const secrets = { ...tableOf(data, 'secrets'), ...tableOf(environment, 'secrets') };
  return {
    name: textOf(data, 'name'),
    type: textOf(data, 'connector_type_id'),
    config: { ...tableOf(data, 'config'), ...tableOf(environment, 'config') },
    secrets: new Map(Object.entries(secrets).map(([name, value]) => [name, referenceOf(value)])),
  };
}

function referenceOf(value: Json): SecretReference {
  const table = isJsonObject(value) ? value : {};
  if (Object.hasOwn(table, 'env')) return { env: textOf(table, 'env') };
  if (Object.hasOwn(table, 'file')) return { file: textOf(table, 'file') };
  return { command: elements(own(table, 'command')).filter((one): one is string => typeof one === 'string') };
}

/** Every table of secrets in the file, with its place. */
function secretTables(data: JsonObject): readonly { readonly pointer: Pointer; readonly table: Json }[] {
  const environments = Object.entries(tableOf(data, 'environments'));
  return [
    { pointer: ['secrets'], table: own(data, 'secrets') ?? {} },
    ...environments.map(([name, one]) => ({
      pointer: ['environments', name, 'secrets'],
      table: isJsonObject(one) ? (own(one, 'secrets') ?? {}) : {},
    })),
  ];
}

/** Secrets that stand in the file itself, where a reference should be. */
function literals(data: JsonObject, document: TomlDocument): readonly Diagnostic[] {
  return secretTables(data).flatMap(({ pointer, table }) =>
    Object.entries(isJsonObject(table) ? table : {}).flatMap(([name, value]): Diagnostic[] =>
      isJsonObject(value)
        ? []
        : [
            {
              id: 'publish/literal-secret',
              severity: 'error',
              message: `the secret ${name} is written out here`,
              span: document.valueSpan([...pointer, name]),
              why: 'whoever can read the repository, now or later, has it',
              help: `write ${name} = { env = "NAME" } and put a new one into that variable: this one counts as known`,
            },
          ],
    ),
  );
}

function starred(source: SourceFile, problems: readonly Diagnostic[]): SourceFile {
  let { text } = source;
  for (const { span: place } of problems)
    text = text.slice(0, place.start) + text.slice(place.start, place.end).replace(/[^\r\n]/g, '*') + text.slice(place.end); // prettier-ignore
  return new SourceFile(source.path, text);
}

function sourceFaults(data: JsonObject, document: TomlDocument): readonly Diagnostic[] {
  return secretTables(data).flatMap(({ pointer, table }) =>
    Object.entries(isJsonObject(table) ? table : {}).flatMap(([name, value]): Diagnostic[] =>
      isJsonObject(value) && Object.keys(value).length === 1
        ? []
        : [
            {
              id: 'schema/bad-value',
              severity: 'error',
              message: `the secret ${name} needs one source`,
              span: document.valueSpan([...pointer, name]),
              why: 'with none, or with several, it cannot be told what to send',
              help: 'give it env, command or file',
            },
          ],
    ),
  );
}

/** Kibana refuses a text without a character in name and config, however deep (kibana: actions/server/lib/validate_empty_strings.ts). */
function emptyTexts(data: JsonObject, document: TomlDocument): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const walk = (value: Json | undefined, pointer: Pointer): void => {
    if (typeof value === 'string' && value.trim() === '')
      found.push({
        id: 'schema/bad-value',
        severity: 'error',
        message: `${pointer.join('.')} is an empty text`,
        span: document.valueSpan(pointer),
        why: 'Kibana refuses the whole connector',
        help: 'take it out, or fill it in',
      });
    else if (Array.isArray(value)) (value as readonly Json[]).forEach((one, at) => walk(one, [...pointer, at]));
    else if (isJsonObject(value)) for (const [key, one] of Object.entries(value)) walk(one, [...pointer, key]);
  };
  walk(own(data, 'name'), ['name']);
  walk(own(data, 'config'), ['config']);
  for (const name of Object.keys(tableOf(data, 'environments')))
    walk(own(tableOf(tableOf(data, 'environments'), name), 'config'), ['environments', name, 'config']);
  return found;
}
