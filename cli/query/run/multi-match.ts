import type { Field } from '../../fields/mapping.ts';
import type { MultiMatch, Query } from '../algebra/query.ts';
import type { RunContext } from './context.ts';

const SEARCHABLE = new Set<Field['type']>([
  'object',
  'nested',
  'alias',
  'unsupported',
  'binary',
  'histogram',
  'geo_point',
  'geo_shape',
]);

/**
 * The fields of `index.query.default_field: *`: all that can be searched by a term, multi-fields included
 * (elasticsearch: server/.../index/search/QueryParserHelper.java).
 */
export function defaultFields(context: RunContext): readonly Field[] {
  return context.mapping
    .matching('*')
    .filter(
      (field) =>
        !SEARCHABLE.has(field.type) &&
        field.indexed !== false &&
        field.disabled !== true &&
        field.nestedPath === undefined,
    );
}

/** multi_match as one clause a field, any of which may match; `best_fields` and `most_fields` differ only in score. */
export function expandMultiMatch(clause: MultiMatch, context: RunContext): Query {
  const everything = clause.fields === undefined || (clause.fields.length === 1 && clause.fields[0] === '*');
  const lenient = clause.lenient ?? everything;
  const names = everything
    ? defaultFields(context).map((field) => field.name)
    : (clause.fields ?? []).flatMap((written) => {
        const name = written.replace(/\^[\d.]+$/, '');
        return name.includes('*') ? context.mapping.matching(name).map((field) => field.name) : [name];
      });
  const span = clause.span === undefined ? {} : { span: clause.span };
  const queries = names.map((field): Query => {
    switch (clause.type) {
      case 'phrase':
        return { kind: 'match_phrase', field, query: clause.query, lenient, ...span };
      case 'phrase_prefix':
        return { kind: 'match_phrase_prefix', field, query: clause.query, ...span };
      case 'best_fields':
      case 'most_fields':
        return {
          kind: 'match',
          field,
          query: clause.query,
          lenient,
          ...(clause.operator === undefined ? {} : { operator: clause.operator }),
          ...(clause.minimumShouldMatch === undefined ? {} : { minimumShouldMatch: clause.minimumShouldMatch }),
          ...span,
        };
    }
  });
  return { kind: 'dis_max', queries, ...span };
}
