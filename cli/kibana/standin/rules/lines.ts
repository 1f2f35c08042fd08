import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { boundedJson } from '../values.ts';

export interface Lines {
  readonly values: readonly Json[];
  /** An error item for each line that is no JSON. */
  readonly errors: readonly JsonObject[];
}

/** Reads NDJSON; blank lines are skipped, and so is a line of counts at the end of an export. */
export function parseLines(text: string): Lines {
  const values: Json[] = [];
  const errors: JsonObject[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    try {
      const value = boundedJson(line);
      if (!isDetails(value)) values.push(value);
    } catch (error) {
      errors.push({ error: { status_code: 400, message: error instanceof Error ? error.message : 'not valid JSON' } });
    }
  }
  return { values, errors };
}

const isDetails = (value: Json): boolean =>
  isJsonObject(value) &&
  (own(value, 'exported_count') !== undefined || own(value, 'exported_exception_list_count') !== undefined);
