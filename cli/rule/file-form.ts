import { elements, isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { displayWidth, wrap } from '../text/display.ts';
import { renderTransform, oneLine } from './api.ts';
import type { Pointer } from './rule.ts';
import { MARGIN } from './toml/write.ts';

/**
 * A rule of Kibana in the form of a file: the inverse of `toApi`. What Kibana computes, and what it fills in by itself, is left
 * out; new terms are nested, prose is wrapped, the blocks of the guide are placeholders again where the file defines them.
 */

/** What a file holds at a place; undefined: nothing. */
export interface FileValue {
  readonly pointer: Pointer;
  readonly value: Json | undefined;
}

/** Prose for a file: wrapped if it does not fit on its line, and only where unwrapping gives the same text again. */
export function proseText(text: string, before: number): string {
  if (before + displayWidth(text) + 2 <= MARGIN || text.includes('\n')) return text;
  const wrapped = `${wrap(text, MARGIN).join('\n')}\n`;
  return oneLine(wrapped) === text ? wrapped : text;
}

/** The guide with placeholders where it holds what the file's `[transform]` makes of them. */
function withPlaceholders(note: string, transform: JsonObject | undefined): string {
  let text = note;
  for (const kind of ['osquery', 'investigate']) {
    const list = transform === undefined ? undefined : own(transform, kind);
    for (let index = 0; Array.isArray(list) && index < list.length; index++) {
      const placeholder = `\${${kind}_${index}}`;
      text = text.replaceAll(renderTransform(placeholder, transform), () => placeholder);
    }
  }
  return text;
}

const without = (value: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));

const each = (value: Json, change: (one: JsonObject) => JsonObject): Json =>
  Array.isArray(value) ? (value as readonly Json[]).map((one) => (isJsonObject(one) ? change(one) : one)) : value;

const isEmptyList = (value: Json | undefined): boolean => Array.isArray(value) && value.length === 0;

/** A reference to an exception list without the id of its space; where the file has that list with an id, with the file's. */
function withWrittenId(reference: JsonObject, file: Json | undefined): JsonObject {
  const same = (one: Json): boolean =>
    isJsonObject(one) && ['list_id', 'namespace_type'].every((key) => own(one, key) === own(reference, key));
  const written = elements(file).find(same);
  const id = isJsonObject(written) ? own(written, 'id') : undefined;
  return id === undefined ? without(reference, 'id') : { ...reference, id };
}

/** The nested form that new terms have in files. */
const newTermsOf = (api: JsonObject): Json => ({
  field: 'new_terms_fields',
  value: own(api, 'new_terms_fields') ?? [],
  history_window_start: [{ field: 'history_window_start', value: own(api, 'history_window_start') ?? '' }],
});

const NEW_TERMS = new Set(['new_terms_fields', 'history_window_start']);
/** Lists that a rule has to have, empty as they may be. */
const REQUIRED_LISTS = new Set(['author']);
/** Texts whose empty form says something. */
const MEANT_EMPTY = new Set(['query', 'threat_query', 'description', 'name']);

/**
 * One member of a rule as a file holds it, given the whole rule as Kibana has it and the document of the file, if there is one
 * already: its `[transform]`, and whether it has new terms in the flat form.
 */
export function fileValue(field: string, api: JsonObject, file?: JsonObject): FileValue {
  const value = own(api, field);
  const pointer: Pointer = ['rule', field];
  const body = file === undefined ? undefined : own(file, 'rule');
  if (NEW_TERMS.has(field) && !(isJsonObject(body) && own(body, 'new_terms_fields') !== undefined))
    return { pointer: ['rule', 'new_terms'], value: value === undefined ? undefined : newTermsOf(api) };
  if (value === undefined || value === null) return { pointer, value: undefined };
  if (isEmptyList(value) && !REQUIRED_LISTS.has(field)) return { pointer, value: undefined };
  if (value === '' && !MEANT_EMPTY.has(field)) return { pointer, value: undefined };
  switch (field) {
    case 'description':
      return { pointer, value: typeof value === 'string' ? proseText(value, 'description = '.length) : value };
    case 'note': {
      const transform = file === undefined ? undefined : own(file, 'transform');
      return { pointer, value: typeof value === 'string' ? withPlaceholders(value, isJsonObject(transform) ? transform : undefined) : value }; // prettier-ignore
    }
    case 'threat':
      return { pointer, value: each(value, (one) => (isEmptyList(own(one, 'technique')) ? without(one, 'technique') : one)) }; // prettier-ignore
    case 'actions':
      return { pointer, value: each(value, (one) => without(one, 'uuid')) };
    case 'exceptions_list':
      return { pointer, value: each(value, (one) => withWrittenId(one, isJsonObject(body) ? own(body, field) : undefined)) }; // prettier-ignore
    default:
      return { pointer, value };
  }
}

/** What the server fills in and a file need not say. */
const PLAIN: JsonObject = { enabled: false, max_signals: 100, to: 'now' };

export interface DraftOptions {
  /** Day for `creation_date` and `updated_date` where Kibana gives none, `YYYY/MM/DD`. */
  readonly today: string;
  /** Members of the API that do not go into the file. */
  readonly leaveOut: ReadonlySet<string>;
}

/** The day of an instant as files write it; undefined if it is none. */
export function dayOf(instant: Json | undefined): string | undefined {
  const day = typeof instant === 'string' ? /^(\d{4})-(\d{2})-(\d{2})T/.exec(instant) : null;
  return day === null ? undefined : `${day[1]}/${day[2]}/${day[3]}`;
}

/** A whole document for a rule that has no file. */
export function draftDocument(api: JsonObject, { today, leaveOut }: DraftOptions): JsonObject {
  const body: Record<string, Json> = Object.create(null) as Record<string, Json>;
  for (const field of Object.keys(api)) {
    if (leaveOut.has(field) || own(api, field) === own(PLAIN, field)) continue;
    const { pointer, value } = fileValue(field, api);
    const [, key] = pointer;
    if (value !== undefined && typeof key === 'string') body[key] = value;
  }
  const integrations = own(api, 'related_integrations');
  const packages = Array.isArray(integrations)
    ? (integrations as readonly Json[]).map((one) => (isJsonObject(one) ? own(one, 'package') : undefined)).filter((one) => typeof one === 'string')
    : []; // prettier-ignore
  return {
    metadata: {
      creation_date: dayOf(own(api, 'created_at')) ?? today,
      ...(packages.length === 0 ? {} : { integration: [...new Set(packages)] }),
      maturity: 'production',
      updated_date: dayOf(own(api, 'updated_at')) ?? today,
    },
    rule: body,
  };
}
