import check from '../generated/config.js';
import type { DocumentKind } from '../validate.ts';

export const CONFIG: DocumentKind = {
  check,
  why: 'a setting of another form would be ignored without a word',
};
