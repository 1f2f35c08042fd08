import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { didYouMean } from '../../text/suggest.ts';
import type { Field, FieldType, TermOptions } from '../mapping.ts';
import { readsOtherwise } from '../stack-differences.ts';
import { analyzersOf } from './analyzers.ts';
import { checkParameters } from './check.ts';
import { fieldDefaults } from './defaults.ts';
import { dynamicOf } from './dynamic.ts';
import { malformed } from './faults.ts';
import { checkField, refusedTogether } from './field-faults.ts';
import { readNullValue } from './null-value.ts';
import { parameterFault } from './parameter-faults.ts';
import type { Parameters } from './parameter.ts';
import type { ReaderContext } from './reader.ts';
import { refusedType, runType, TYPE_NAMES, type RunType } from './types.ts';
import { flag, list, number, present, string } from './values.ts';

/** What a field has from the objects above it. */
export interface Above {
  readonly nestedPath?: string;
  readonly includeInParent?: boolean;
  readonly includeInRoot?: boolean;
  readonly disabled?: boolean;
  /** False: names below keep their dots, and there are no objects. */
  readonly subobjects?: boolean;
}

const TERM_OPTIONS = new Set<string>(['docs', 'freqs', 'positions', 'offsets']);
const isTermOptions = (text: string | undefined): text is TermOptions => text !== undefined && TERM_OPTIONS.has(text);

/** Types whose text goes through an analyzer. */
const ANALYZED = new Set<FieldType>(['text', 'match_only_text']);

/** Types in which no text without a field is looked for (elasticsearch: TextSearchInfo.NONE). */
const WITHOUT_TEXT = new Set<FieldType>(['binary', 'histogram', 'geo_point', 'geo_shape', 'object', 'nested']);

/** The type of a field that names none (elasticsearch: ObjectMapper.java, class TypeParser, parseProperties). */
function typeNameOf(name: string, body: JsonObject): string {
  const written = own(body, 'type');
  if (typeof written === 'string') return written;
  if (written !== undefined) throw malformed(name, 'has a "type" that is not text');
  const members = Object.keys(body);
  if (own(body, 'properties') === undefined && !(members.length === 1 && members[0] === 'enabled'))
    throw malformed(name, 'has no type', { help: 'write "type": "keyword", or "type": "object"' });
  return 'object';
}

/** `a keyword`, `an object` */
const article = (noun: string): string => `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** Makes fields of the bodies that a mapping gives them. */
export function makeField(context: ReaderContext) {
  const defaultsOf = fieldDefaults(context.settings);

  /** A field of a type that is not run, or that this release does not know. */
  const notRun = (name: string, typeName: string, above: Above, multiFieldOf: string | undefined): Field => {
    const refused = refusedType(typeName);
    if (refused === undefined && !context.accepted)
      throw malformed(name, `is of the unknown type ${typeName}${didYouMean(typeName, TYPE_NAMES)}`, {
        why: `Elasticsearch refuses the mapping: no handler for type [${typeName}]`,
        help: 'docs/mappings.md lists the types of fields',
      });
    return {
      name,
      type: 'unsupported',
      typeName,
      ...(refused?.searchedByDefault === false ? {} : { searchedByDefault: true }),
      ...present({ multiFieldOf, nestedPath: above.nestedPath, unread: above.disabled }),
    };
  };

  return function make(name: string, body: JsonObject, above: Above, multiFieldOf?: string, runtime?: RunType): Field {
    const typeName = typeNameOf(name, body);
    const known = runtime ?? runType(typeName);
    if (known === undefined) return notRun(name, typeName, above, multiFieldOf);
    const { runs: type, parameters } = known;
    const refused = checkParameters(body, parameters, {
      what: `the field ${name} of the mapping`,
      kind: article(typeName),
      accepted: context.accepted,
    });
    const field: Field = {
      name,
      type,
      typeName,
      ...defaultsOf(name, parameters),
      ...read(body, type, parameters, context),
      ...readsOtherwise(type, context.stack),
      ...present({
        multiFieldOf,
        nestedPath: above.nestedPath,
        includeInParent: above.includeInParent,
        includeInRoot: above.includeInRoot,
        ...(type === 'object' || type === 'nested'
          ? { disabled: above.disabled === true || flag(own(body, 'enabled')) === false ? true : undefined }
          : { unread: above.disabled }),
      }),
    };
    checkField(field, body);
    const fault = parameterFault(field, body, context.settings);
    if (fault !== undefined) throw malformed(name, fault);
    const together = refused === undefined ? refusedTogether(field, body) : undefined;
    const refusal = refused?.why ?? together;
    if (refusal === undefined) return field;
    return {
      ...field,
      type: 'unsupported',
      typeName: refused === undefined ? typeName : `${typeName} with ${refused.parameter}`,
      refusal,
      ...(WITHOUT_TEXT.has(type) ? {} : { searchedByDefault: true }),
    };
  };
}

/** The parameters of a field that are followed. */
function read(body: JsonObject, type: FieldType, parameters: Parameters, context: ReaderContext): Partial<Field> {
  const of = (name: string): Json | undefined =>
    Object.hasOwn(parameters, name) && parameters[name]?.use === 'followed' ? own(body, name) : undefined;
  const value = of('value');
  const nullValue = of('null_value');
  const normalizer = string(of('normalizer'));
  const copies = list(of('copy_to')).filter((target) => typeof target === 'string');
  const indexOptions = string(of('index_options'));
  return present({
    ignoreAbove: number(of('ignore_above')),
    ignoreMalformed: flag(of('ignore_malformed')),
    coerce: flag(of('coerce')),
    nullValue: nullValue === null || nullValue === undefined ? undefined : readNullValue(type, nullValue),
    normalizer: normalizer === undefined ? undefined : (context.analysis.normalizers.get(normalizer) ?? normalizer),
    ...(ANALYZED.has(type) ? analyzersOf(body, context.analysis) : {}),
    positionIncrementGap: number(of('position_increment_gap')),
    indexOptions: isTermOptions(indexOptions) ? indexOptions : undefined,
    format: string(of('format')),
    scalingFactor: number(of('scaling_factor')),
    constant: value === undefined || value === null || typeof value === 'object' ? undefined : String(value),
    aliasOf: type === 'alias' ? string(of('path')) : undefined,
    indexed: flag(of('index')),
    indexPrefixes: isJsonObject(of('index_prefixes')) ? true : undefined,
    docValues: flag(of('doc_values')),
    store: flag(of('store')),
    norms: flag(of('norms')),
    fielddata: flag(of('fielddata')),
    depthLimit: number(of('depth_limit')),
    copyTo: copies.length === 0 ? undefined : copies,
    dynamic: dynamicOf(of('dynamic')),
    subobjects: flag(of('subobjects')),
    // The built-in normalizer has no form that splits (elasticsearch: AnalysisRegistry.java processNormalizerFactory)
    splitQueriesOnWhitespace:
      normalizer === 'lowercase' && !context.analysis.normalizers.has(normalizer)
        ? undefined
        : flag(of('split_queries_on_whitespace')),
  });
}
