import { CONNECTION_VARIABLES } from '../kibana/client/credentials.ts';
import { CONFIG } from '../rule/schema/config-schema.ts';
import { isJsonObject, jsonText, own, type Json, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { suggest } from '../text/suggest.ts';
import type { ConfigFile } from './config-file.ts';
import type { Host } from './host.ts';

/** Where a value comes from; the first of these that has one wins. */
export type Origin =
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string; readonly line: number }
  | { readonly kind: 'default' };

/** One effective value of the configuration. */
export interface Setting {
  /** Dotted key, as in dac.toml: `lint.required_tags`. */
  readonly key: string;
  readonly value: Json;
  readonly origin: Origin;
}

/** Flags that concern the configuration, as commander hands them over. */
export interface ConfigFlags {
  /** `--config PATH`; false: `--no-config`. */
  readonly config?: string | boolean;
  readonly stack?: string;
  readonly failOn?: string;
  readonly minSeverity?: string;
  readonly maxWarnings?: number;
}

const FLAGS: readonly (readonly [key: string, name: string, value: (flags: ConfigFlags) => Json | undefined])[] = [
  ['stack', '--stack', (flags) => flags.stack],
  ['lint.fail_on', '--fail-on', (flags) => flags.failOn],
  ['lint.min_severity', '--min-severity', (flags) => flags.minSeverity],
  ['lint.max_warnings', '--max-warnings', (flags) => flags.maxWarnings],
];

interface Leaf {
  readonly key: string;
  readonly pointer: readonly string[];
  readonly schema: JsonObject;
}

/** The keys of the schema that hold one value; a value has a default, a table has none. */
function leaves(properties: JsonObject, above: readonly string[] = []): Leaf[] {
  return Object.keys(properties).flatMap((name) => {
    const schema = own(properties, name);
    if (!isJsonObject(schema)) return [];
    const pointer = [...above, name];
    if (Object.hasOwn(schema, 'default')) return [{ key: pointer.join('.'), pointer, schema }];
    const inner = own(schema, 'properties');
    return isJsonObject(inner) ? leaves(inner, pointer) : [];
  });
}

const LEAVES: readonly Leaf[] = leaves(CONFIG.properties as unknown as JsonObject);

/** `lint.required_tags` is `DAC_LINT_REQUIRED_TAGS` in the environment. */
export const environmentName = (key: string): string => `DAC_${key.toUpperCase().replaceAll('.', '_')}`;

const at = (data: JsonObject, pointer: readonly string[]): Json | undefined =>
  pointer.reduce<Json | undefined>((value, name) => (isJsonObject(value) ? own(value, name) : undefined), data);

const isOneOf = (list: Json | undefined, text: string): boolean =>
  Array.isArray(list) && list.some((one) => one === text);

/** A value from the environment: lists with commas, maps as `key=value` with commas. Undefined: it does not fit the schema. */
function fromText(schema: JsonObject, written: string): Json | undefined {
  const items = written.split(',').map((one) => one.trim()).filter((one) => one !== ''); // prettier-ignore
  const allowed = own(schema, 'enum');
  if (allowed !== undefined) return isOneOf(allowed, written) ? written : undefined;
  const type = own(schema, 'type');
  switch (Array.isArray(type) && items.length > 1 ? 'array' : type) {
    case 'integer': {
      const minimum = own(schema, 'minimum');
      const fits = /^-?\d{1,9}$/.test(written) && (typeof minimum !== 'number' || Number(written) >= minimum);
      return fits ? Number(written) : undefined;
    }
    case 'array':
      return items;
    case 'object': {
      const inner = own(schema, 'additionalProperties');
      const known = isJsonObject(inner) ? own(inner, 'enum') : undefined;
      const found: Record<string, Json> = Object.create(null) as Record<string, Json>;
      for (const item of items) {
        const [key = '', value = ''] = item.split('=').map((part) => part.trim());
        if (key === '' || !isOneOf(known, value)) return undefined;
        found[key] = value;
      }
      return found;
    }
    default: {
      const pattern = own(schema, 'pattern');
      const fits = typeof pattern !== 'string' || new RegExp(pattern).test(written);
      return written !== '' && fits ? written : undefined;
    }
  }
}

function wanted(schema: JsonObject): string {
  const allowed = own(schema, 'enum');
  if (Array.isArray(allowed)) return `it is ${allowed.map(jsonText).join(', ')}`;
  switch (own(schema, 'type')) {
    case 'integer':
      return `it is a whole number, ${jsonText(own(schema, 'minimum'))} or more`;
    case 'object':
      return 'it is a list such as rule/file-name=info,tags/required=error';
    default:
      return own(schema, 'pattern') === undefined ? 'it must not be empty' : 'it is a version such as 9.4';
  }
}

function settingOf(leaf: Leaf, host: Host, flags: ConfigFlags, file: ConfigFile | undefined): Setting {
  const { key, pointer, schema } = leaf;
  const flag = FLAGS.find(([name]) => name === key);
  const flagged = flag?.[2](flags);
  if (flag !== undefined && flagged !== undefined) {
    const read = fromText(schema, jsonText(flagged));
    if (read === undefined) throw new KnownError(`${flag[1]} cannot be ${jsonText(flagged)}`, { help: wanted(schema) });
    return { key, value: read, origin: { kind: 'flag', name: flag[1] } };
  }
  const name = environmentName(key);
  const written = host.env[name];
  if (written !== undefined) {
    const read = fromText(schema, written);
    if (read === undefined)
      throw new KnownError(`${name} cannot be ${JSON.stringify(written)}`, { help: wanted(schema) });
    return { key, value: read, origin: { kind: 'environment', name } };
  }
  const inFile = file === undefined ? undefined : at(file.data, pointer);
  if (file !== undefined && inFile !== undefined)
    return { key, value: inFile, origin: { kind: 'file', path: file.path, line: file.lineOf(pointer) } };
  return { key, value: own(schema, 'default') ?? null, origin: { kind: 'default' } };
}

/** A variable that is nearly one of ours is a slip; others that begin with `DAC_` may belong to somebody else. */
function refuseMisspelt(host: Host): void {
  const known = [...LEAVES.map(({ key }) => environmentName(key)), ...CONNECTION_VARIABLES];
  for (const name of Object.keys(host.env).sort()) {
    if (!name.startsWith('DAC_') || known.includes(name)) continue;
    const meant = suggest(name.slice(4), known.map((one) => one.slice(4))); // prettier-ignore
    if (meant !== undefined)
      throw new KnownError(`there is no setting ${name}, did you mean DAC_${meant}?`, {
        help: 'rename the variable, or unset it',
      });
  }
}

/** Every value of the configuration with its origin, in the order of the schema. Throws a KnownError for a value that does not fit. */
export function effectiveSettings(host: Host, flags: ConfigFlags, file: ConfigFile | undefined): readonly Setting[] {
  refuseMisspelt(host);
  return LEAVES.map((leaf) => settingOf(leaf, host, flags, file));
}
