import type { Query, QueryString } from '../algebra/query.ts';
import { Unsupported } from '../failure.ts';
import type { RunContext } from '../run/context.ts';

export function lowerQueryString(node: QueryString, _context: RunContext): Query {
  throw new Unsupported('Lucene query text', { span: node.span });
}
