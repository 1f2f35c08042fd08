import type { Span } from '../../text/span.ts';
import { QueryFailure } from '../failure.ts';

/** A fault of the query text itself. Its span is in that text. */
export class LuceneSyntax extends QueryFailure {}

export const syntax = (message: string, where: Span, help?: string): LuceneSyntax =>
  new LuceneSyntax(message, {
    span: where,
    why: 'Elasticsearch cannot parse the query text and refuses the search',
    ...(help === undefined ? {} : { help }),
  });
