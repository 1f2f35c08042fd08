import { span } from '../../../text/span.ts';
import type { RuleCheck } from '../../check.ts';

const NEEDED = ['_id', '_version', '_index'];

export const check: RuleCheck = {
  id: 'query/esql-metadata',
  severity: 'error',
  summary: 'An ES|QL query that does not aggregate asks for _id, _version and _index.',
  run({ file, body }) {
    if (body.type !== 'esql' || body.query === undefined) return [];
    const query = body.query.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, (comment) => ' '.repeat(comment.length));
    if (/\|\s*(?:inline\s+)?stats\b/i.test(query)) return [];
    const source = /^\s*from\b[^|]*/i.exec(query);
    if (source === null) return [];
    const asked = /\bmetadata\b([^|]*)$/i.exec(source[0])?.[1]?.split(/[\s,[\]]+/) ?? [];
    const missing = NEEDED.filter((name) => !asked.includes(name));
    const text = missing.length === 0 ? undefined : file.text(['rule', 'query']);
    if (text === undefined) return [];
    const start = source[0].length - source[0].trimStart().length;
    return [
      {
        message: `the query does not ask for ${missing.join(', ')}`,
        span: text.span(span(start, source[0].trimEnd().length)),
        why: 'without them Kibana cannot tell events apart: each run raises alerts for the same events again',
        help: `write ${source[0]
          .trim()
          .replace(/\s*\bmetadata\b[^]*$/i, '')
          .replace(/\s+/g, ' ')} METADATA ${NEEDED.join(', ')}`,
      },
    ];
  },
};
