import { normalizeKeyword } from '../../../fields/analysis/index.ts';
import type { Field } from '../../../fields/mapping.ts';
import { wellFormed } from '../../../fields/surrogates.ts';
import { differencesOf } from '../../../fields/stack-differences.ts';
import type { RunContext } from '../context.ts';

/** How a field compares terms. */
export interface TermRules {
  /** What is done to terms before they are indexed, and so to those that are looked for. */
  readonly normalize: (text: string) => string;
  /** What is done to the text between the wildcards of a pattern; default `normalize`. */
  readonly normalizePattern?: (text: string) => string;
  /**
   * The field has no index: each value is compared by a script, in Java's way
   * (elasticsearch: server/src/main/java/org/elasticsearch/search/runtime/StringScriptField*Query.java).
   */
  readonly scripted: boolean;
  /** A runtime field, whose ranges go by Java's order of strings as well. */
  readonly runtime: boolean;
  /** Case-insensitive regular expressions fold ASCII letters alone: before Lucene 10.2, that is before Elasticsearch 9.1. */
  readonly asciiRegexps: boolean;
}

/** The rules of an index for a field of terms, without normalizer where there is no field. */
export function termRules({ stack }: Pick<RunContext, 'stack'>, field?: Field): TermRules {
  const normalizer = field?.normalizer;
  return {
    normalize: (text) => normalizeKeyword(wellFormed(text), normalizer),
    scripted: field?.indexed === false || field?.runtime === true,
    runtime: field?.runtime === true,
    get asciiRegexps() {
      return differencesOf(stack)?.asciiRegexps === true;
    },
  };
}
