import type { Query, Scalar } from '../algebra/query.ts';
import { QueryFailure } from '../failure.ts';
import { isLoneWildcard, type KqlIs, type KqlNode, type KqlRange, type KqlValue, type KqlWildcard } from './ast.ts';
import type { DataView, DataViewField } from './data-view.ts';

/** Options of the conversion; what is not set is not written. */
export interface KqlConfig {
  readonly caseInsensitive?: boolean;
  readonly nestedIgnoreUnmapped?: boolean;
  readonly filtersInMustClause?: boolean;
  readonly dateFormatTZ?: string;
}

/** Characters that Kibana escapes in the text of a wildcard (kibana: kuery/node_types/wildcard.ts). */
const escapeQueryString = (text: string): string => text.replace(/[+\-=&|><!(){}[\]^"~*?:\\/]/g, '\\$&');

export const wildcardText = (value: KqlWildcard): string => value.parts.map(escapeQueryString).join('*');

const plain = (value: KqlValue): Scalar => (value.kind === 'literal' ? value.value : value.parts.join('*'));

interface Group {
  readonly path: string;
}

/**
 * KQL as algebra, clause for clause what Kibana sends (kibana: kbn-es-query/src/kuery/functions). Throws a QueryFailure for
 * what Kibana refuses: fields of nested groups outside of them, and the reverse.
 */
export function kqlToQuery(node: KqlNode, dataView: DataView | undefined, config: KqlConfig): Query {
  const convert = (one: KqlNode, group: Group | undefined): Query => {
    switch (one.kind) {
      case 'and': {
        const children = one.children.map((child) => convert(child, group));
        return {
          kind: 'bool',
          ...(config.filtersInMustClause === true ? { must: children } : { filter: children }),
          span: one.span,
        };
      }
      case 'or':
        return {
          kind: 'bool',
          should: one.children.map((child) => convert(child, group)),
          minimumShouldMatch: 1,
          span: one.span,
        };
      case 'not':
        return { kind: 'bool', mustNot: [convert(one.child, group)], singleMustNot: true, span: one.span };
      case 'nested': {
        const name = String(plain(one.path));
        const path = group === undefined ? name : `${group.path}.${name}`;
        return {
          kind: 'nested',
          path,
          query: convert(one.child, { path }),
          scoreMode: 'none',
          ...ignoreUnmapped(config),
          span: one.span,
        };
      }
      case 'is':
        return convertIs(one, dataView, config, group);
      case 'range':
        return convertRange(one, dataView, config, group);
    }
  };
  return convert(node, undefined);
}

const ignoreUnmapped = (config: KqlConfig): { ignoreUnmapped?: boolean } =>
  config.nestedIgnoreUnmapped === undefined ? {} : { ignoreUnmapped: config.nestedIgnoreUnmapped };

interface Named {
  /** Fields of the data view; empty: the name itself, unknown. */
  readonly fields: readonly DataViewField[];
  readonly name: string;
  readonly isPattern: boolean;
}

function resolve(field: KqlValue, dataView: DataView | undefined, group: Group | undefined): Named {
  const prefix = group === undefined ? '' : `${group.path}.`;
  const isPattern = field.kind === 'wildcard';
  const name = prefix + String(plain(field));
  if (dataView === undefined) return { fields: [], name, isPattern };
  let fields: readonly DataViewField[];
  if (field.kind === 'wildcard') {
    const [first = '', ...rest] = field.parts;
    fields = dataView.matching([prefix + first, ...rest]);
  } else {
    const found = dataView.field(name);
    fields = found === undefined ? [] : [found];
  }
  if (!isPattern || group !== undefined) for (const one of fields) checkNesting(one, group, field);
  return { fields, name, isPattern };
}

/** kibana: kuery/functions/utils/get_full_field_name_node.ts */
function checkNesting(field: DataViewField, group: Group | undefined, at: KqlValue): void {
  const fail = (message: string, help: string): never => {
    throw new QueryFailure(message, { span: at.span, why: 'Kibana refuses to convert the query', help });
  };
  const path = field.nestedPath;
  if (group !== undefined && path === undefined)
    fail(
      `${field.name} is not a nested field, but stands in the nested group ${group.path}`,
      'move the condition out of the braces',
    );
  if (group === undefined && path !== undefined)
    fail(
      `${field.name} belongs to the nested field ${path} and needs its group`,
      `write ${path}: { ${field.name.slice(path.length + 1)}: … }`,
    );
  if (group !== undefined && path !== group.path)
    fail(
      `${field.name} belongs to the nested field ${path ?? ''}, not to ${group.path}`,
      `write it inside ${path ?? ''}: { … }`,
    );
}

function wrap(query: Query, field: DataViewField, named: Named, group: Group | undefined, config: KqlConfig): Query {
  if (!named.isPattern || field.nestedPath === undefined || group !== undefined) return query;
  return { kind: 'nested', path: field.nestedPath, query, scoreMode: 'none', ...ignoreUnmapped(config) };
}

const isEpoch = (value: Scalar): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));

const isKeyword = (field: DataViewField): boolean => field.esTypes?.length === 1 && field.esTypes[0] === 'keyword';

const timeZone = (config: KqlConfig, value: Scalar): { timeZone?: string } =>
  config.dateFormatTZ === undefined || isEpoch(value) ? {} : { timeZone: config.dateFormatTZ };

function convertIs(node: KqlIs, dataView: DataView | undefined, config: KqlConfig, group: Group | undefined): Query {
  const { field, value, span } = node;
  const exists = isLoneWildcard(value);
  if (exists && isLoneWildcard(field)) return { kind: 'match_all', span };
  const quoted = value.kind === 'literal' && value.quoted;
  if (field.kind === 'literal' && field.value === null && group === undefined) {
    if (value.kind === 'wildcard') return { kind: 'query_string', query: wildcardText(value), span };
    return { kind: 'multi_match', type: quoted ? 'phrase' : 'best_fields', query: value.value, lenient: true, span };
  }
  const named = resolve(field, dataView, group);
  const fields = named.fields.length > 0 ? named.fields : [{ name: named.name, type: '' }];
  const cased = config.caseInsensitive === undefined ? {} : { caseInsensitive: config.caseInsensitive };
  const clauses: Query[] = [];
  for (const one of fields) {
    if (one.scripted === true) {
      if (!exists)
        throw new QueryFailure(`${one.name} is a scripted field, which cannot be run offline`, { span: field.span });
      continue;
    }
    clauses.push(wrap(clauseFor(one), one, named, group, config));
  }
  return { kind: 'bool', should: clauses, minimumShouldMatch: 1, span };

  function clauseFor(one: DataViewField): Query {
    const name = one.name;
    if (exists) return { kind: 'exists', field: name, span };
    if (value.kind === 'wildcard') {
      const text = wildcardText(value);
      return isKeyword(one)
        ? { kind: 'wildcard', field: name, pattern: text, ...cased, span }
        : { kind: 'query_string', fields: [name], query: text, span };
    }
    if (one.type === 'date')
      return { kind: 'range', field: name, gte: value.value, lte: value.value, ...timeZone(config, value.value), span };
    if (isKeyword(one)) return { kind: 'term', field: name, value: value.value, ...cased, span };
    return { kind: quoted ? 'match_phrase' : 'match', field: name, query: value.value, span };
  }
}

function convertRange(
  node: KqlRange,
  dataView: DataView | undefined,
  config: KqlConfig,
  group: Group | undefined,
): Query {
  const { field, operator, span } = node;
  const named = resolve(field, dataView, group);
  const fields = named.fields.length > 0 ? named.fields : [{ name: named.name, type: '' }];
  const value = plain(node.value);
  const clauses = fields.map((one): Query => {
    if (one.scripted === true)
      throw new QueryFailure(`${one.name} is a scripted field, which cannot be run offline`, { span: field.span });
    const zone = one.type === 'date' ? timeZone(config, value) : {};
    return wrap({ kind: 'range', field: one.name, [operator]: value, ...zone, span }, one, named, group, config);
  });
  return { kind: 'bool', should: clauses, minimumShouldMatch: 1, span };
}
