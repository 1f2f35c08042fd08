import { span } from '../../../text/span.ts';
import type { RuleCheck } from '../../check.ts';

const NEEDED = ['_id', '_version', '_index'];

/** Comments and texts in quotes: what stands in them is no command. */
const APART = /"""[^]*?(?:"""|$)|"(?:[^"\\\n]+|\\.)*"?|\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*/g;

/** A hundred times the longest real query. */
const LONGEST = 1_000_000;

export const check: RuleCheck = {
  id: 'query/esql-metadata',
  severity: 'error',
  summary: 'An ES|QL query that does not aggregate asks for _id, _version and _index.',
  run({ file, body }) {
    if (body.type !== 'esql' || body.query === undefined || body.query.length > LONGEST) return [];
    const query = body.query.replace(APART, (part) => ' '.repeat(part.length));
    if (/\|\s*(?:inline\s+)?stats\b/i.test(query)) return [];
    const source = /^\s*from\b[^|]*/i.exec(query);
    if (source === null) return [];
    const [indices = '', asked = ''] = source[0].split(/\bmetadata\b/i);
    const names = asked.split(/[\s,[\]]+/);
    const missing = NEEDED.filter((name) => !names.includes(name));
    const text = missing.length === 0 ? undefined : file.text(['rule', 'query']);
    if (text === undefined) return [];
    const start = source[0].length - source[0].trimStart().length;
    return [
      {
        message: `the query does not ask for ${missing.join(', ')}`,
        span: text.span(span(start, source[0].trimEnd().length)),
        why: 'without them Kibana cannot tell events apart: each run raises alerts for the same events again',
        help: `write ${indices.trim().replace(/\s+/g, ' ')} METADATA ${NEEDED.join(', ')}`,
      },
    ];
  },
};
