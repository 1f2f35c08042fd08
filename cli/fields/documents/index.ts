export { IndexWriter } from './index-writer.ts';
export { indexDocuments, type Indexed } from './index-documents.ts';
export { refusalText, rejects, type Refusal } from './refusal.ts';

import type { Mapping } from '../mapping.ts';
import type { JsonObject } from '../../text/json.ts';
import { IndexWriter } from './index-writer.ts';
import type { Refusal } from './refusal.ts';

/** What an empty index does not take of one document. */
export const refusals = (source: JsonObject, mapping: Mapping): readonly Refusal[] =>
  new IndexWriter(mapping).add(source);
