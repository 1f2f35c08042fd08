import check from '../generated/connector.js';
import type { DocumentKind } from '../validate.ts';

export const CONNECTOR: DocumentKind = {
  check,
  why: 'a connector of another form would not be published, and the actions that name it would reach nobody',
};
