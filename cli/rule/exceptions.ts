import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Diagnostic } from '../text/diagnostic.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { SourceFile } from '../text/source-file.ts';
import { span } from '../text/span.ts';
import type { Pointer } from './rule.ts';
import { parseToml, type TomlDocument } from './toml/document.ts';
import { EXCEPTIONS } from './kinds/exceptions.ts';
import { validate } from './validate.ts';

/** An item as Kibana's API takes it; `list_id` and `namespace_type` are those of its list. */
export interface ExceptionItem {
  readonly itemId: string;
  readonly document: JsonObject;
}

/** An exception list as Kibana's API takes it, with its items. */
export interface ExceptionList {
  readonly listId: string;
  readonly namespace: 'single' | 'agnostic';
  readonly document: JsonObject;
  readonly items: readonly ExceptionItem[];
}

/** A file of exception lists as read: always there, however broken; `lists` is empty if there are problems. */
export interface ExceptionFile {
  readonly path: string;
  readonly source: SourceFile;
  readonly lists: readonly ExceptionList[];
  readonly problems: readonly Diagnostic[];
  /** What keeps the lists from being published, and from nothing else. */
  readonly unpublishable: readonly Diagnostic[];
}

const MAX_BYTES = 10 * 1024 * 1024;

/** Reads a file of exception lists. Never throws for what it holds. */
export function loadExceptionFile(path: string, content: Uint8Array | string): ExceptionFile {
  const refused = (message: string, help: string): ExceptionFile => ({
    path,
    source: new SourceFile(path, ''),
    lists: [],
    problems: [{ id: 'file/not-readable', severity: 'error', message, span: span(0, 0), help }],
    unpublishable: [],
  });
  if (content.length > MAX_BYTES) return refused('the file is larger than 10 MiB', 'is this the right file?');
  let text: string;
  try {
    text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return refused('the file is not valid UTF-8', 'save it as UTF-8');
  }
  const document = parseToml(new SourceFile(path, text));
  const { source } = document;
  const broken = (problems: readonly Diagnostic[]): ExceptionFile => ({ path, source, lists: [], problems, unpublishable: [] }); // prettier-ignore
  if (document.data === undefined) return broken(document.problems);
  const problems = validate(EXCEPTIONS, document);
  if (problems.length > 0) return broken(problems);
  const written = tables(own(document.data, 'exceptions'));
  const faults = written.flatMap((one, at) => itemFaults(one, ['exceptions', at], document));
  if (faults.length > 0) return broken(faults);
  const lists = written.map((one) => listOf(one, path));
  const unpublishable = written.flatMap((one, at) => metaFaults(one, ['exceptions', at], document));
  return { path, source, lists, problems: [], unpublishable };
}

/** `meta` of lists and items, which Kibana's routes take as an object and Elasticsearch, which maps it as keyword, refuses. */
function metaFaults(written: JsonObject, at: Pointer, document: TomlDocument): readonly Diagnostic[] {
  const container = own(written, 'container');
  const holders: readonly (readonly [Pointer, JsonObject])[] = [
    ...(isJsonObject(container) ? [[[...at, 'container'], container] as const] : []),
    ...tables(own(written, 'items')).map((item, index) => [[...at, 'items', index], item] as const),
  ];
  return holders
    .filter(([, holder]) => Object.hasOwn(holder, 'meta'))
    .map(([pointer]) => ({
      id: 'publish/meta',
      severity: 'error',
      message: 'an exception list or item cannot have meta: Elasticsearch refuses to store it',
      span: document.valueSpan([...pointer, 'meta']),
      why: 'Kibana takes only an object there, and maps it so that no object can be stored: the whole list would be refused',
      help: 'take meta out; say what it says in tags or description',
    }));
}

const tables = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** `build-hosts_exceptions.toml` and `build-hosts.toml` both hold the list build-hosts. */
const idOfFile = (path: string): string => basename(path).replace(/(?:_exceptions)?\.toml$/, '');

/** An id that is the same on every machine for an item that has none: it follows the names. */
const madeId = (listId: string, name: string): string =>
  `${listId}-${createHash('sha256').update(`${listId}\0${name}`).digest('hex').slice(0, 12)}`;

function listOf(written: JsonObject, path: string): ExceptionList {
  const container = own(written, 'container');
  const head = isJsonObject(container) ? container : {};
  const listId = textOf(own(head, 'list_id')) ?? idOfFile(path);
  const namespace = own(head, 'namespace_type') === 'agnostic' ? 'agnostic' : 'single';
  return {
    listId,
    namespace,
    document: { ...head, list_id: listId, namespace_type: namespace },
    items: tables(own(written, 'items')).map((item) => {
      const itemId = textOf(own(item, 'item_id')) ?? madeId(listId, textOf(own(item, 'name')) ?? '');
      const { _tags, ...rest } = item;
      return {
        itemId,
        document: {
          ...rest,
          ...(_tags === undefined ? {} : { os_types: osTypesOf(_tags) }),
          type: 'simple',
          item_id: itemId,
          list_id: listId,
          namespace_type: namespace,
        },
      };
    }),
  };
}

/** `os:windows` among the labels of an item of the endpoint is its system. */
const osTypesOf = (tags: Json): Json =>
  (Array.isArray(tags) ? (tags as readonly Json[]) : []).flatMap((tag) =>
    typeof tag === 'string' && tag.startsWith('os:') ? [tag.slice(3)] : [],
  );

/** What the schema cannot say: which members a kind of condition has, and that an item is in its own list, once. */
function itemFaults(written: JsonObject, at: Pointer, document: TomlDocument): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const fault = (pointer: Pointer, message: string, help: string): void => {
    found.push({
      id: 'schema/bad-value',
      severity: 'error',
      message,
      span: document.valueSpan(pointer),
      why: 'Kibana would refuse the whole list, and the rule would alert on what was meant to be excepted',
      help,
    });
  };
  const { listId } = listOf(written, document.source.path);
  const seen = new Set<string>();
  tables(own(written, 'items')).forEach((item, index) => {
    const pointer = [...at, 'items', index];
    const inList = textOf(own(item, 'list_id'));
    if (inList !== undefined && inList !== listId)
      fault(
        [...pointer, 'list_id'],
        `this item is in the list ${listId}, not in ${inList}`,
        'take list_id out, or correct it',
      );
    const id = textOf(own(item, 'item_id')) ?? madeId(listId, textOf(own(item, 'name')) ?? '');
    if (seen.has(id)) fault(pointer, 'two items have the same id', 'give each its own item_id, or its own name');
    seen.add(id);
    const expires = textOf(own(item, 'expire_time'));
    if (expires !== undefined && Number.isNaN(Date.parse(expires)))
      fault([...pointer, 'expire_time'], 'expire_time is no instant', 'write it as 2027-01-31T00:00:00Z');
    tables(own(item, 'entries')).forEach((entry, place) =>
      entryFaults(entry, [...pointer, 'entries', place], true, fault),
    );
  });
  return found;
}

const WANTS: Readonly<Record<string, string>> = {
  match: 'one text',
  wildcard: 'one text',
  match_any: 'a list of at least one text',
};

function entryFaults(
  entry: JsonObject,
  pointer: Pointer,
  outer: boolean,
  fault: (pointer: Pointer, message: string, help: string) => void,
): void {
  const type = textOf(own(entry, 'type')) ?? '';
  const value = own(entry, 'value');
  const fits =
    type === 'match_any'
      ? Array.isArray(value) && (value as readonly Json[]).length > 0
      : Object.hasOwn(WANTS, type)
        ? typeof value === 'string'
        : value === undefined;
  const wanted = Object.hasOwn(WANTS, type) ? WANTS[type] : undefined;
  if (!fits && wanted !== undefined)
    fault([...pointer, 'value'], `a condition of type ${type} needs ${wanted} as value`, 'correct value, or type');
  if (!fits && wanted === undefined)
    fault([...pointer, 'value'], `a condition of type ${type} has no value`, 'take value out');
  if ((type === 'list') !== Object.hasOwn(entry, 'list'))
    fault(pointer, type === 'list' ? 'a condition of type list needs list' : 'only a condition of type list has list', 'list = { id = "…", type = "ip" }'); // prettier-ignore
  if ((type === 'nested') !== Object.hasOwn(entry, 'entries'))
    fault(pointer, type === 'nested' ? 'a condition of type nested needs entries' : 'only a condition of type nested has entries', 'entries = [{ field = "…", type = "match", operator = "included", value = "…" }]'); // prettier-ignore
  if ((type === 'nested') === Object.hasOwn(entry, 'operator'))
    fault(pointer, type === 'nested' ? 'a condition of type nested has no operator' : 'operator is missing', 'operator = "included" or "excluded"'); // prettier-ignore
  if (outer)
    tables(own(entry, 'entries')).forEach((one, at) => entryFaults(one, [...pointer, 'entries', at], false, fault));
}
