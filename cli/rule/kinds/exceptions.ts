import check from '../generated/exceptions.js';
import type { DocumentKind } from '../validate.ts';

export const EXCEPTIONS: DocumentKind = {
  check,
  why: 'a list of another form would not be published, and its rule would alert on what was meant to be excepted',
};
