import type { Diagnostic } from '../../text/diagnostic.ts';
import { jsonText } from '../../text/json.ts';
import type { Executor } from '../execution.ts';
import { query } from './query.ts';

/**
 * `saved_query` rules: Kibana runs the saved object's query and filters in place of the rule's own, and falls back on
 * these when the object is not there (kibana: rule_types/utils/get_filter.ts). Here only the fall-back can be run.
 */
export const savedQuery: Executor = (input) => {
  const { file, rule } = input;
  const id = jsonText(rule.body['saved_id'] ?? '');
  if (rule.body.query === undefined)
    return {
      problems: [
        {
          id: 'query/unsupported',
          severity: 'error',
          message: `saved query ${id} cannot be run offline`,
          span: file.valueSpan(['rule', 'saved_id']),
          why: 'it lives in Kibana, and the file holds no query to fall back to',
          help: 'write the query into the file beside saved_id, or make this a rule of type query',
        },
      ],
    };
  const caveat: Diagnostic = {
    id: 'engine/saved-query-not-read',
    severity: 'warning',
    message: `the query of the file is run, not saved query ${id}`,
    span: file.valueSpan(['rule', 'saved_id']),
    why: 'Kibana runs the saved query in its place as long as it exists, and the two may differ',
    help: 'make this a rule of type query, so that what is tested is what runs',
  };
  const made = query(input);
  return made.prepared === undefined ? made : { ...made, caveats: [caveat, ...(made.caveats ?? [])] };
};
