import { analyze, lowerCase } from '../../fields/analysis/index.ts';
import type { Field } from '../../fields/mapping.ts';
import type { Span } from '../../text/span.ts';
import type { Match, MatchPhrase, Query, QueryString } from '../algebra/query.ts';
import { QueryFailure } from '../failure.ts';
import { readFuzziness } from '../fuzziness.ts';
import type { RunContext } from '../run/context.ts';
import { hasNoWords } from '../run/leaf/keyword-words.ts';
import { quoteAnalyzerOf, searchAnalyzerOf } from '../run/leaf/text-analyzers.ts';
import {
  defaultFields,
  holdsText,
  lenientByDefault,
  namedFields,
  searchedFields,
  type SearchedFields,
} from '../run/default-fields.ts';
import { fieldOf } from '../run/fields.ts';
import { maxRegexLength } from '../run/pattern-length.ts';
import { syntax } from './syntax.ts';

interface Bounds {
  readonly low: string | undefined;
  readonly high: string | undefined;
  readonly includeLow: boolean;
  readonly includeHigh: boolean;
}

const isText = (field: Field): boolean => field.type === 'text' || field.type === 'match_only_text';
/** A runtime date is none here (elasticsearch: QueryStringQueryParser.java asks for a DateFieldType). */
const isDate = (field: Field | undefined): boolean =>
  (field?.type === 'date' || field?.type === 'date_nanos') && field.runtime !== true;

/** What stands for a pattern or a range on a type that holds no text; it fails nothing. */
const NOTHING: Query = { kind: 'match_none', reason: 'the field holds no text' };

/** Makes the clause of one term, phrase, pattern or range over the fields that it is meant for. */
export class Clauses {
  readonly #node: QueryString;
  readonly #context: RunContext;
  readonly #lenient: boolean;
  /** The field of clauses that name none: `*` for all, one default field, or undefined where there is a list of them. */
  readonly #field: string | undefined;
  readonly #searched: SearchedFields;

  constructor(node: QueryString, context: RunContext) {
    this.#node = node;
    this.#context = context;
    const { fields: written, defaultField } = node;
    const single = written === undefined ? defaultField : undefined;
    this.#searched = searchedFields(single === undefined ? written : [single], context);
    const { everything } = this.#searched;
    this.#field = single ?? (everything && written === undefined ? '*' : undefined);
    this.#lenient = node.lenient ?? (everything || lenientByDefault(context));
  }

  /** Fields of a clause: the one named, those that fit a pattern, or the default ones (QueryStringQueryParser.java extractMultiFields). */
  #targets(field: string | undefined): readonly Field[] {
    const name = field ?? this.#field;
    if (name === '*' && this.#field === '*') return defaultFields(this.#context);
    if (name === undefined) return this.#searched.fields;
    if (name.includes('*')) return namedFields(name, this.#context, name === '*');
    const one = this.#one(name);
    return one === undefined ? [] : [one];
  }

  #one(name: string): Field | undefined {
    return fieldOf(name, this.#context.mapping);
  }

  /** Any of the fields; a field whose clause comes to nothing is left out. */
  #any(field: string | undefined, make: (target: Field) => Query | undefined, where: Span): Query | undefined {
    const targets = this.#targets(field);
    if (targets.length === 0) return { kind: 'match_none', reason: this.#missing(field), span: where };
    const queries = targets.map(make).filter((query) => query !== undefined);
    const [only] = queries;
    return queries.length < 2 ? only : { kind: 'dis_max', queries, span: where };
  }

  #missing(field: string | undefined): string {
    const name = field ?? this.#field;
    if (name === undefined || name === '*') return "none of the fields is mapped in the rule's indices";
    return name.includes('*') ? `no field fits ${name}` : `${name} is not mapped in the rule's indices`;
  }

  #soft<T extends Query>(query: T): T {
    return this.#lenient ? { ...query, lenient: true } : query;
  }

  #hasTokens(target: Field, query: Match | MatchPhrase, analyzerOf = searchAnalyzerOf): boolean {
    if (isText(target))
      return analyze(String(query.query), analyzerOf(target, this.#context.mapping, query.span)).length > 0;
    return !hasNoWords(target, query, this.#context);
  }

  /**
   * The tokens of a match on a text field as clauses of their own; undefined: the field is not a text, or one of those that are
   * looked at by default and has a boost.
   */
  tokens(query: Match, named: string | undefined): readonly Query[] | undefined {
    const field = this.#one(query.field);
    if (field === undefined || !isText(field)) return undefined;
    if (named === undefined && this.#searched.boosted.has(field.name)) return undefined;
    return analyze(String(query.query), searchAnalyzerOf(field, this.#context.mapping, query.span)).map(
      ({ term }): Query => ({ kind: 'term', field: query.field, value: term }),
    );
  }

  text(field: string | undefined, text: string, where: Span): Query | undefined {
    if (field === '_exists_') return { kind: 'exists', field: text, span: where };
    const named = field ?? this.#field;
    if (named !== undefined && text.length > 1) {
      const compared = comparison(text);
      if (compared !== undefined) return this.range(field, compared, where);
      if (this.#node.timeZone !== undefined && isDate(this.#one(named)))
        return this.range(field, { low: text, high: text, includeLow: true, includeHigh: true }, where);
    }
    if (this.#node.type === 'phrase') return this.phrase(field, text, undefined, where);
    const { defaultOperator: operator } = this.#node;
    return this.#any(
      field,
      (target) => {
        const more = operator === 'and' ? { operator } : {};
        const query: Match = { kind: 'match', field: target.name, query: text, ...more, span: where };
        return this.#hasTokens(target, query) ? this.#soft(query) : undefined;
      },
      where,
    );
  }

  phrase(field: string | undefined, text: string, written: string | undefined, where: Span): Query | undefined {
    if (field === '_exists_') return { kind: 'exists', field: text, span: where };
    const number = written === undefined || written === '' ? NaN : Number(written);
    const slop = Number.isFinite(number) ? Math.trunc(number) : (this.#node.phraseSlop ?? 0);
    return this.#any(
      field,
      (target) => {
        const more = slop > 0 ? { slop } : {};
        const query: MatchPhrase = { kind: 'match_phrase', field: target.name, query: text, ...more, span: where };
        return this.#hasTokens(target, query, quoteAnalyzerOf) ? this.#soft(query) : undefined;
      },
      where,
    );
  }

  fuzzy(field: string | undefined, text: string, edits: string, where: Span): Query | undefined {
    const fuzziness = fuzzinessOf(edits === '' ? (this.#node.fuzziness ?? 'AUTO') : edits, where);
    return this.#any(
      field,
      (target) =>
        holdsText(target)
          ? this.#soft({
              kind: 'fuzzy',
              field: target.name,
              value: this.#normal(target, text, where),
              fuzziness,
              span: where,
            })
          : NOTHING,
      where,
    );
  }

  star(field: string | undefined, where: Span): Query | undefined {
    const named = field ?? this.#field;
    if (named === '*') return { kind: 'match_all', span: where };
    if (named !== undefined) return { kind: 'exists', field: named, span: where };
    return this.#any(undefined, (target) => ({ kind: 'exists', field: target.name, span: where }), where);
  }

  prefix(field: string | undefined, text: string, where: Span): Query | undefined {
    const all = this.#node.defaultOperator === 'and';
    return this.#any(
      field,
      (target) => {
        if (!holdsText(target)) return NOTHING;
        const literal: Query = { kind: 'prefix', field: target.name, value: text, fromQueryString: true, span: where };
        if (!isText(target) || this.#node.analyzeWildcard !== true) return this.#soft(literal);
        const tokens = analyze(text, searchAnalyzerOf(target, this.#context.mapping, where));
        const last = tokens.at(-1);
        if (last === undefined) return undefined;
        const whole = tokens
          .slice(0, -1)
          .map(({ term }): Query => this.#soft({ kind: 'term', field: target.name, value: term, span: where }));
        const end = this.#soft({ ...literal, value: last.term });
        if (whole.length === 0) return end;
        return { kind: 'bool', [all ? 'must' : 'should']: [...whole, end], span: where };
      },
      where,
    );
  }

  wildcard(field: string | undefined, pattern: string, where: Span): Query | undefined {
    const refused = this.#node.allowLeadingWildcard === false && /^[*?]/.test(pattern);
    return this.#any(
      field,
      (target) => {
        // Asked on each mapped field (QueryStringQueryParser.java getWildcardQuerySingle)
        if (refused) throw syntax('the pattern begins with a wildcard, which this query_string does not allow', where);
        return this.#soft({ kind: 'wildcard', field: target.name, pattern, fromQueryString: true, span: where });
      },
      where,
    );
  }

  regexp(field: string | undefined, pattern: string, where: Span): Query | undefined {
    // Not a fault of one field: leniency does not reach it.
    const limit = maxRegexLength(this.#context.mapping);
    if (pattern.length > limit)
      throw new QueryFailure(`the regular expression has ${pattern.length} characters, ${limit} are allowed`, {
        span: where,
        why: 'Elasticsearch refuses longer ones (index.max_regex_length)',
      });
    return this.#any(
      field,
      (target) => this.#soft({ kind: 'regexp', field: target.name, pattern, span: where }),
      where,
    );
  }

  range(field: string | undefined, bounds: Bounds, where: Span): Query | undefined {
    const { includeLow, includeHigh } = bounds;
    // A star is an open end, however it came to be one: `>=\*`
    const [low, high] = [bounds.low, bounds.high].map((end) => (end === '*' ? undefined : end));
    return this.#any(
      field,
      (target) => {
        if (!holdsText(target)) return NOTHING;
        const zone = isDate(target) && this.#node.timeZone !== undefined ? { timeZone: this.#node.timeZone } : {};
        const end = (text: string | undefined): string | null =>
          text === undefined ? null : this.#normal(target, text, where);
        return this.#soft({
          kind: 'range',
          field: target.name,
          ...(low === undefined && includeLow ? {} : { [includeLow ? 'gte' : 'gt']: end(low) }),
          ...(high === undefined && includeHigh ? {} : { [includeHigh ? 'lte' : 'lt']: end(high) }),
          ...zone,
          fromQueryString: true,
          span: where,
        });
      },
      where,
    );
  }

  /** What the analyzer of a text field does to single characters; keywords are normalised when their clause is compiled. */
  #normal(target: Field, text: string, where: Span): string {
    return isText(target) && searchAnalyzerOf(target, this.#context.mapping, where).lowercase ? lowerCase(text) : text;
  }
}

/** `>5`, `>=5`, `<5`, `<=5` as a range. */
function comparison(text: string): Bounds | undefined {
  const sign = text[0];
  if (sign !== '>' && sign !== '<') return undefined;
  const equal = text[1] === '=' && text.length > 2;
  const bound = text.slice(equal ? 2 : 1);
  return sign === '>'
    ? { low: bound, high: undefined, includeLow: equal, includeHigh: true }
    : { low: undefined, high: bound, includeLow: true, includeHigh: equal };
}

function fuzzinessOf(written: string | number, where: Span): string | number {
  const read = readFuzziness(written);
  if (read !== undefined) return read;
  throw new QueryFailure(`"~${written}" is no number of edits`, {
    span: where,
    why: 'Elasticsearch takes 0, 1 or 2 edits and refuses the search',
    help: 'write ~ alone for as many as the length allows, ~1 or ~2; escape a literal tilde as \\~',
  });
}
