/** A JSON Schema (2020-12) as plain data. */
export type Schema = Readonly<Record<string, unknown>>;

/** `schema` with what it means in words; editors show it beside the key. */
export const meaning = (description: string, schema: Schema): Schema => ({ description, ...schema });

export const text = (description: string, ...examples: readonly string[]): Schema =>
  meaning(description, { type: 'string', ...(examples.length === 0 ? {} : { examples }) });
export const name = (description: string, ...examples: readonly string[]): Schema => ({
  ...text(description, ...examples),
  minLength: 1,
});
export const flag = (description: string): Schema => meaning(description, { type: 'boolean' });
export const oneOf = (description: string, ...values: readonly string[]): Schema =>
  meaning(description, { type: 'string', enum: values });
export const whole = (description: string, minimum: number, maximum?: number): Schema =>
  meaning(description, { type: 'integer', minimum, ...(maximum === undefined ? {} : { maximum }) });
export const list = (description: string, items: Schema, more: Schema = {}): Schema =>
  meaning(description, { type: 'array', items, ...more });
/** Tables that are handed on to Kibana as they are. */
export const free = (description: string): Schema => meaning(description, { type: 'object' });

/** A table with these keys and no others. */
export const table = (
  description: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema => meaning(description, { type: 'object', properties, required, additionalProperties: false });
