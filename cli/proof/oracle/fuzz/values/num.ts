import { NumberToken, type Json } from '../../../../text/json.ts';

/** A number by its token, as a reader that keeps the spelling of numbers gives it. */
export const num = (token: string): Json =>
  /^-?(?:0|[1-9]\d{0,14})$/.test(token) && token !== '-0' ? Number(token) : new NumberToken(token);
