import { isJsonObject, type Json, type JsonObject } from '../../../text/json.ts';
import { CLAUSES } from './clauses.ts';
import { outcome, type Case, type Verdicts } from './shrink.ts';

/** The names of the clauses of a query, from the outside in, each once. */
export function clausesOf(query: Json): string[] {
  const found: string[] = [];
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value as readonly Json[]) visit(item);
    else if (isJsonObject(value))
      for (const [key, inner] of Object.entries(value)) {
        if (CLAUSES.has(key) && !found.includes(key)) found.push(key);
        visit(inner);
      }
  };
  visit(query);
  return found;
}

/** The types of a mapping's fields, with the parameters beside them. */
function typesOf(mapping: JsonObject): string[] {
  const found = new Set<string>();
  const visit = (value: Json): void => {
    if (!isJsonObject(value)) return;
    const { type, properties, fields, ...rest } = value;
    if (typeof type === 'string')
      found.add([type, ...Object.keys(rest).filter((key) => !isJsonObject(rest[key])).sort()].join(' ')); // prettier-ignore
    for (const inner of [properties, fields])
      if (isJsonObject(inner)) for (const one of Object.values(inner)) visit(one);
  };
  visit(mapping);
  const runtime = mapping['runtime'];
  if (isJsonObject(runtime)) for (const one of Object.values(runtime)) if (isJsonObject(one)) found.add(`runtime ${typeof one['type'] === 'string' ? one['type'] : 'of no type'}`); // prettier-ignore
  return [...found].sort();
}

/** What a small case shows: the clauses, the types they meet, and how the verdicts differ. */
export function kindOf({ mapping, query }: Case, verdicts: Verdicts): string {
  const what = query === undefined ? 'document' : clausesOf(query).join(' > ');
  return `${what} on ${typesOf(mapping).join(', ') || 'no field'}: ${outcome(verdicts)}`;
}
