import { scalarText } from '../../algebra/scalar-text.ts';
import { compileWildcard } from '../../../fields/patterns/wildcard.ts';
import type { Field } from '../../../fields/mapping.ts';
import { asciiFold } from '../../../fields/patterns/fold.ts';
import { compileConstant } from '../../../fields/values/constant.ts';
import { QueryFailure } from '../../failure.ts';
import { always, never, type Test } from '../context.ts';
import { fuzzyTest } from './fuzzy.ts';
import type { AnalysedClause } from './text.ts';
import type { TermRules } from './term-rules.ts';
import { termTest, termText, type TermClause } from './terms.ts';

/** elasticsearch: server/.../common/regex/Regex.java simpleMatch: `*` is a wildcard, nothing else is special. */
function simpleMatch(pattern: string, value: string, fold: boolean): boolean {
  const literal = pattern.replace(/[?\\]/g, '\\$&');
  return compileWildcard(fold ? asciiFold(literal) : literal)(fold ? asciiFold(value) : value);
}

/**
 * A constant_keyword answers for all documents of the index at once: true or false, whatever they hold; without a value false,
 * whatever is asked (elasticsearch: ConstantFieldType.java, x-pack/plugin/mapper-constant-keyword). Terms are patterns, too.
 */
export function constantTest(field: Field, clause: TermClause | AnalysedClause, rules: TermRules): boolean {
  const { constant } = field;
  if (constant === undefined) return false;
  switch (clause.kind) {
    case 'term':
      return simpleMatch(termText(clause.value, clause), constant, clause.caseInsensitive === true);
    case 'terms':
      return clause.values.some((value) => value !== null && simpleMatch(scalarText(value), constant, false));
    case 'fuzzy':
      return fuzzyTest(clause.value, clause, SCRIPTED)(constant);
    case 'match':
      if (clause.fuzziness !== undefined) return fuzzyTest(termText(clause.query, clause), clause, SCRIPTED)(constant);
      return simpleMatch(termText(clause.query, clause), constant, false);
    case 'match_phrase':
    case 'match_bool_prefix':
      return simpleMatch(termText(clause.query, clause), constant, false);
    case 'prefix':
      return simpleMatch(`${clause.value}*`, constant, clause.caseInsensitive === true);
    case 'wildcard':
      // Whether `?` and backslash are special here changed with the stack (elasticsearch pull request 148585).
      if (/[?\\]/.test(clause.pattern))
        throw new QueryFailure(`the pattern on ${field.name} means different things in different versions`, {
          span: clause.span,
          why: `${field.name} is a constant_keyword, where "?" and backslash are special only in newer stacks`,
          help: 'compare with the whole value, or use a pattern with "*" alone',
        });
      return simpleMatch(clause.pattern, constant, clause.caseInsensitive === true);
    case 'regexp':
    case 'range':
      return termTest(clause, rules)(constant);
    case 'match_phrase_prefix':
      throw new QueryFailure(`a phrase prefix cannot be used on ${field.name}`, {
        span: clause.span,
        why: 'it works on text fields; Elasticsearch refuses the search',
      });
  }
}

/** A clause on a constant_keyword. Where each index has its own value, each is held against the clause once. */
export function constantLeaf(
  field: Field,
  clause: TermClause | AnalysedClause,
  rules: TermRules,
  prefix: string,
): Test {
  if (field.constants === undefined) return constantTest(field, clause, rules) ? always : never;
  const meets = (constant: string): boolean => constantTest({ ...field, constant }, clause, rules);
  // Once now, so that a clause that is refused is refused before there are events
  meets('');
  const read = compileConstant(field, prefix);
  const known = new Map<string, boolean>();
  return (source, event) => {
    const constant = read(source, event);
    if (constant === undefined) return false;
    let met = known.get(constant);
    if (met === undefined) known.set(constant, (met = meets(constant)));
    return met;
  };
}

/** The automaton alone decides, as it does on a field without an index. */
const SCRIPTED = { scripted: true };
