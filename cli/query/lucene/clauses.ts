import { analyze, lowerCase } from '../../fields/analysis/index.ts';
import type { Field } from '../../fields/mapping.ts';
import type { Span } from '../../text/span.ts';
import type { Query, QueryString } from '../algebra/query.ts';
import type { RunContext } from '../run/context.ts';
import { analyzerOf } from '../run/leaf/text.ts';
import { defaultFields } from '../run/multi-match.ts';
import { QueryFailure } from '../failure.ts';

interface Bounds {
  readonly low: string | undefined;
  readonly high: string | undefined;
  readonly includeLow: boolean;
  readonly includeHigh: boolean;
}

type Target = Field | { readonly name: string; readonly type: 'unmapped' };

const isText = (field: Target): boolean => field.type === 'text' || field.type === 'match_only_text';
const isDate = (field: Target): boolean => field.type === 'date' || field.type === 'date_nanos';

/** Makes the clause of one term, phrase, pattern or range over the fields that it is meant for. */
export class Clauses {
  readonly #node: QueryString;
  readonly #context: RunContext;
  readonly #lenient: boolean;
  readonly #everything: boolean;

  constructor(node: QueryString, context: RunContext) {
    this.#node = node;
    this.#context = context;
    const { fields, defaultField } = node;
    this.#everything =
      fields === undefined
        ? defaultField === undefined || defaultField === '*'
        : fields.length === 1 && fields[0] === '*';
    this.#lenient = node.lenient ?? this.#everything;
  }

  /** Fields of a clause: the one named, those that fit a pattern, or the default ones. */
  #targets(field: string | undefined): readonly Target[] {
    const { mapping } = this.#context;
    const named = (name: string): readonly Target[] => {
      if (name.includes('*')) return mapping.matching(name);
      let found = mapping.field(name);
      if (found?.type === 'alias' && found.aliasOf !== undefined) found = mapping.field(found.aliasOf);
      return [found ?? { name, type: 'unmapped' }];
    };
    if (field !== undefined) return named(field);
    if (this.#everything) return defaultFields(this.#context);
    return (this.#node.fields ?? [this.#node.defaultField ?? '*']).flatMap((name) =>
      named(name.replace(/\^[\d.]+$/, '')),
    );
  }

  /** Any of the fields; a field whose clause the type refuses counts as nothing when the query is lenient. */
  #any(
    field: string | undefined,
    make: (target: Target, alone: boolean) => Query | undefined,
    where: Span,
  ): Query | undefined {
    const targets = this.#targets(field);
    if (targets.length === 0) return { kind: 'match_none' };
    const queries = targets.map((target) => make(target, targets.length === 1)).filter((query) => query !== undefined);
    if (queries.length === 0) return undefined;
    const [only] = queries;
    const query: Query = queries.length === 1 && only !== undefined ? only : { kind: 'dis_max', queries, span: where };
    return query;
  }

  #soft<T extends Query>(query: T): T {
    return this.#lenient ? { ...query, lenient: true } : query;
  }

  #hasTokens(target: Target, text: string, where: Span): boolean {
    if (!isText(target) || target.type === 'unmapped') return true;
    return analyze(text, analyzerOf(target, this.#context.mapping, where)).length > 0;
  }

  text(field: string | undefined, text: string, where: Span): Query | undefined {
    if (field === '_exists_') return { kind: 'exists', field: text, span: where };
    // elasticsearch: QueryStringQueryParser.getFieldQuery reads comparison signs in front of a term
    const compared = /^([<>])(=?)([\s\S]+)$/.exec(text);
    if (compared !== null) {
      const [, sign, equals, bound = ''] = compared;
      const low = sign === '>';
      return this.range(
        field,
        {
          low: low ? bound : undefined,
          high: low ? undefined : bound,
          includeLow: !low || equals === '=',
          includeHigh: low || equals === '=',
        },
        where,
      );
    }
    return this.#any(
      field,
      (target, alone) => {
        if (!this.#hasTokens(target, text, where)) return undefined;
        if (alone && isDate(target) && this.#node.timeZone !== undefined)
          return this.#soft({
            kind: 'range',
            field: target.name,
            gte: text,
            lte: text,
            timeZone: this.#node.timeZone,
            span: where,
          });
        const operator = this.#node.defaultOperator;
        return this.#soft({
          kind: 'match',
          field: target.name,
          query: text,
          ...(operator === 'and' ? { operator } : {}),
          span: where,
        });
      },
      where,
    );
  }

  phrase(field: string | undefined, text: string, slop: number, where: Span): Query | undefined {
    if (field === '_exists_') return { kind: 'exists', field: text, span: where };
    return this.#any(
      field,
      (target) =>
        this.#hasTokens(target, text, where)
          ? this.#soft({
              kind: 'match_phrase',
              field: target.name,
              query: text,
              ...(slop > 0 ? { slop } : {}),
              span: where,
            })
          : undefined,
      where,
    );
  }

  fuzzy(field: string | undefined, text: string, edits: string, where: Span): Query | undefined {
    const number = Number(edits);
    const fuzziness = edits === '' ? 'AUTO' : number < 1 && number > 0 ? 'AUTO' : Math.trunc(number);
    return this.#any(
      field,
      (target) => {
        const textual =
          isText(target) || target.type === 'keyword' || target.type === 'wildcard' || target.type === 'unmapped';
        if (!textual) {
          if (this.#lenient) return { kind: 'match_none' };
          throw new QueryFailure(`a fuzzy term cannot be used on ${target.name}`, {
            span: where,
            why: `it is of type ${target.type}; Elasticsearch refuses the search`,
          });
        }
        return this.#soft({ kind: 'match', field: target.name, query: text, fuzziness, span: where });
      },
      where,
    );
  }

  star(field: string | undefined, where: Span): Query | undefined {
    if (field === undefined && (this.#node.fields === undefined || this.#everything))
      return { kind: 'match_all', span: where };
    if (field === '*') return { kind: 'match_all', span: where };
    return this.#any(field, (target) => ({ kind: 'exists', field: target.name, span: where }), where);
  }

  prefix(field: string | undefined, text: string, where: Span): Query | undefined {
    return this.#any(
      field,
      (target) => {
        const literal: Query = { kind: 'prefix', field: target.name, value: text, fromQueryString: true, span: where };
        if (!isText(target) || target.type === 'unmapped' || this.#node.analyzeWildcard !== true)
          return this.#soft(literal);
        const tokens = analyze(text, analyzerOf(target, this.#context.mapping, where));
        const last = tokens.at(-1);
        if (last === undefined) return this.#soft(literal);
        const clauses = tokens
          .slice(0, -1)
          .map(({ term }): Query => ({ kind: 'term', field: target.name, value: term, span: where }));
        const end: Query = { kind: 'prefix', field: target.name, value: last.term, span: where };
        return clauses.length === 0
          ? end
          : { kind: 'bool', should: [...clauses, end], minimumShouldMatch: 1, span: where };
      },
      where,
    );
  }

  wildcard(field: string | undefined, pattern: string, where: Span): Query | undefined {
    return this.#any(
      field,
      (target) => this.#soft({ kind: 'wildcard', field: target.name, pattern, fromQueryString: true, span: where }),
      where,
    );
  }

  regexp(field: string | undefined, pattern: string, where: Span): Query | undefined {
    const text = pattern.replaceAll('\\/', '/');
    return this.#any(
      field,
      (target) => this.#soft({ kind: 'regexp', field: target.name, pattern: text, span: where }),
      where,
    );
  }

  range(field: string | undefined, { low, high, includeLow, includeHigh }: Bounds, where: Span): Query | undefined {
    return this.#any(
      field,
      (target) => {
        if (low === undefined && high === undefined) return { kind: 'exists', field: target.name, span: where };
        const bound = (text: string): string => (isText(target) ? lowerCase(text) : text);
        const zone = isDate(target) && this.#node.timeZone !== undefined ? { timeZone: this.#node.timeZone } : {};
        return this.#soft({
          kind: 'range',
          field: target.name,
          ...(low === undefined ? {} : { [includeLow ? 'gte' : 'gt']: bound(low) }),
          ...(high === undefined ? {} : { [includeHigh ? 'lte' : 'lt']: bound(high) }),
          ...zone,
          span: where,
        });
      },
      where,
    );
  }
}
