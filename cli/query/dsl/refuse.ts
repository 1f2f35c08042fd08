import { QueryFailure } from '../failure.ts';

/** Why a query would be refused; `help` says what to write. */
export function refuse(what: string, help?: string): never {
  throw new QueryFailure(what, { why: 'Elasticsearch refuses the search', ...(help === undefined ? {} : { help }) });
}
