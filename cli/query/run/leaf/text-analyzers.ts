import { builtInAnalyzer } from '../../../fields/analysis/index.ts';
import type { AnalyzerDefinition, Field, Mapping } from '../../../fields/mapping.ts';
import type { Span } from '../../../text/span.ts';
import { Unsupported, ClauseFailure } from '../../failure.ts';

const STANDARD: AnalyzerDefinition = { type: 'standard', lowercase: true, typeName: 'standard' };

/** The analyzer of the values of a text field. Throws a QueryFailure for one that cannot be run. */
export const analyzerOf = (field: Field, mapping: Mapping, span?: Span): AnalyzerDefinition =>
  named(field.analyzer, field, mapping, span);

/** The analyzer of what is looked for in a text field. */
export const searchAnalyzerOf = (field: Field, mapping: Mapping, span?: Span): AnalyzerDefinition =>
  named(field.searchAnalyzer ?? field.analyzer, field, mapping, span);

/** The analyzer of phrases. */
export const quoteAnalyzerOf = (field: Field, mapping: Mapping, span?: Span): AnalyzerDefinition =>
  named(field.searchQuoteAnalyzer ?? field.searchAnalyzer ?? field.analyzer, field, mapping, span);

function named(name: string | undefined, field: Field, mapping: Mapping, span: Span | undefined): AnalyzerDefinition {
  if (name === undefined) return STANDARD;
  return supported(known(name, mapping), name, ` of ${field.name}`, span);
}

/** The analyzer that a clause names for itself: one of the index. */
export function ownAnalyzer(name: string, mapping: Mapping, span?: Span): AnalyzerDefinition {
  refuseUnknownAnalyzer(name, mapping, span);
  return supported(known(name, mapping), name, '', span);
}

/** Refuses a name that the index does not have, whatever the field. */
export function refuseUnknownAnalyzer(name: string, mapping: Mapping, span?: Span): void {
  if (known(name, mapping) === undefined && !BUILT_IN_ELSEWHERE.has(name))
    throw new ClauseFailure(`the index has no analyzer ${name}`, {
      span,
      why: 'Elasticsearch refuses the search',
      help: 'declare it in the settings of the index, or name standard, simple, whitespace, keyword or pattern',
    });
}

/** Analyzers that an index has without settings, and that are not run here (elasticsearch: modules/analysis-common). */
const BUILT_IN_ELSEWHERE: ReadonlySet<string> = new Set([
  'stop', 'fingerprint', 'snowball', 'chinese', 'arabic', 'armenian', 'basque', 'bengali', 'brazilian', 'bulgarian', 'catalan', 'cjk',
  'czech', 'danish', 'dutch', 'english', 'estonian', 'finnish', 'french', 'galician', 'german', 'greek', 'hindi', 'hungarian',
  'indonesian', 'irish', 'italian', 'latvian', 'lithuanian', 'norwegian', 'persian', 'portuguese', 'romanian', 'russian', 'serbian',
  'sorani', 'spanish', 'swedish', 'turkish', 'thai',
]); // prettier-ignore

const known = (name: string, mapping: Mapping): AnalyzerDefinition | undefined =>
  mapping.analyzer(name) ?? builtInAnalyzer(name);

function supported(
  found: AnalyzerDefinition | undefined,
  name: string,
  whose: string,
  span: Span | undefined,
): AnalyzerDefinition {
  if (found === undefined || found.type === 'unsupported')
    throw new Unsupported(`analyzer ${name}${whose}`, {
      span,
      help: 'declare it in the suite as standard, keyword, whitespace, simple or pattern',
    });
  return found;
}
