import { isJsonObject, own, type Json } from '../../text/json.ts';
import { compileStars } from '../patterns/wildcard.ts';
import { readFacts } from './facts.ts';

/** What dynamic mapping tells values apart by: `match_mapping_type`. Date and numeric detection are off in Elastic's templates. */
export type Kind = 'string' | 'long' | 'double' | 'boolean' | 'object';

/** A dynamic template: what becomes of a name that no template lists. */
export interface Template {
  /** Names that it is for, `path_match`: a star stands for any run, also over dots. */
  readonly pattern: string;
  fits(name: string): boolean;
  /** `dynamic`: the object takes any member, and the templates that follow decide its type. */
  readonly type: string;
  takes(kind: Kind): boolean;
  /** With a sub-field `text` of type match_only_text. */
  readonly text?: boolean;
  /** Neither indexed nor in doc values. */
  readonly unindexed?: boolean;
}

/**
 * The kinds that an `object_type` takes where the table names none (kibana: template.ts; beats: processor.go). Whole numbers
 * and fractions are one here: most packages say `object_type_mapping_type: "*"` of their metrics.
 */
const TAKEN: Readonly<Record<string, string>> = {
  keyword: 'string', text: 'string', match_only_text: 'string', wildcard: 'string', ip: 'string', date: 'string',
  boolean: 'boolean', flattened: 'object', nested: 'object', histogram: 'object',
}; // prettier-ignore

const matchers = new Map<string, (name: string) => boolean>();

function fitter(pattern: string): (name: string) => boolean {
  let found = matchers.get(pattern);
  if (found === undefined) matchers.set(pattern, (found = compileStars(pattern)));
  return found;
}

const takes = (kinds: string): Template['takes'] =>
  kinds === '*' ? (kind) => kind !== 'object' : (kind) => kinds.includes(kind);

const words = (value: Json | undefined): readonly string[] => (typeof value === 'string' ? value.split(' ') : []);

/** The templates of a table: `{"keyword": "labels.* …", "keyword *": "kubernetes.labels.* …", "dynamic": …}`. */
export function templatesOf(grouped: Json | undefined): readonly Template[] {
  if (!isJsonObject(grouped)) return [];
  return Object.keys(grouped).flatMap((written) => {
    const [type = '', kinds = TAKEN[type] ?? 'long double'] = written.split(' ');
    return words(own(grouped, written)).map((pattern): Template => {
      const fits = fitter(pattern);
      return { pattern, fits, type, takes: takes(kinds) };
    });
  });
}

let common: readonly Template[] | undefined;

/** The templates of `ecs@mappings`, which all templates of Fleet and the built-in `logs-*-*` and `metrics-*-*` end with. */
export function ecsTemplates(): readonly Template[] {
  if (common !== undefined) return common;
  const listed = own(readFacts('templates.json') ?? {}, 'ecs@mappings');
  common = (Array.isArray(listed) ? (listed as readonly Json[]) : []).flatMap((one) => {
    if (!isJsonObject(one)) return [];
    const type = own(one, 'type');
    const kinds = own(one, 'of');
    const not = own(one, 'not');
    const excluded = typeof not === 'string' ? fitter(not) : undefined;
    return words(own(one, 'match')).map((pattern): Template => {
      const fits = fitter(pattern);
      return {
        pattern,
        fits: excluded === undefined ? fits : (name) => fits(name) && !excluded(name),
        type: typeof type === 'string' ? type : '',
        takes: takes(typeof kinds === 'string' ? kinds : '*'),
        ...(own(one, 'text') === true ? { text: true } : {}),
        ...(own(one, 'unindexed') === true ? { unindexed: true } : {}),
      };
    });
  });
  return common;
}

/** What an index does with names that its template does not list. `fixed`: it maps none. */
export type DynamicRules = 'fleet' | 'beats' | 'other' | 'fixed';

/** The first template that makes a field of a value of that kind; undefined: none does, and the defaults apply. */
export function templateFor(
  name: string,
  kind: Kind,
  own: readonly Template[],
  rules: DynamicRules,
): Template | undefined {
  const made = (one: Template): boolean => one.type !== 'dynamic' && one.takes(kind) && one.fits(name);
  return own.find(made) ?? (rules === 'fleet' ? ecsTemplates().find(made) : undefined);
}

/**
 * The type that dynamic mapping gives a value where no template has a say: texts are keywords by the last template of Fleet
 * and Beats, numbers and booleans what they are
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/DynamicFieldsBuilder.java).
 */
export const DEFAULT_TYPE: Readonly<Record<Exclude<Kind, 'object'>, string>> = {
  string: 'keyword',
  long: 'long',
  double: 'float',
  boolean: 'boolean',
};
