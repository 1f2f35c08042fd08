import { own, type JsonObject } from '../../text/json.ts';
import type { Analysis } from '../analysis/settings.ts';
import type { Field } from '../mapping.ts';
import { present, string } from './values.ts';

/**
 * Names of the analyzers of a text field. `default`, `default_search` and `default_search_quoted` of the settings stand in for
 * those that the field does not name (elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/TextParams.java).
 */
export function analyzersOf(body: JsonObject, analysis: Analysis): Partial<Field> {
  const usual = (name: string): string | undefined => (analysis.analyzers.has(name) ? name : undefined);
  const written = string(own(body, 'analyzer'));
  const search = string(own(body, 'search_analyzer'));
  const bare = written === undefined && search === undefined;
  return present({
    analyzer: written ?? usual('default'),
    searchAnalyzer: search ?? (written === undefined ? usual('default_search') : undefined),
    searchQuoteAnalyzer:
      string(own(body, 'search_quote_analyzer')) ?? (bare ? usual('default_search_quoted') : undefined),
  });
}
