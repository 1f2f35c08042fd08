import { isJsonObject, jsonText, NumberToken } from '../../../../text/json.ts';
import type { FuzzField } from '../mappings.ts';
import type { Random } from '../random.ts';
import { dateMath } from '../values/date-math.ts';
import { DATE_TEXTS } from '../values/dates.ts';
import { NUMBER_TEXTS, NUMBER_TOKENS } from '../values/numbers.ts';
import { ADDRESSES, BLOCKS } from '../values/others.ts';
import { takenValues } from '../values/taken.ts';
import { TEXTS } from '../values/texts.ts';

/** What a query in a language of its own asks of a field, before it is escaped: often a value that documents hold. */
export function valueText({ type, format }: Pick<FuzzField, 'type' | 'format'>, random: Random): string {
  const taken = takenValues(type, format);
  if (taken !== undefined && random.chance(format === undefined ? 0.35 : 0.6)) {
    const value = random.usual(taken);
    if (value instanceof NumberToken) return value.token;
    if (!isJsonObject(value) && !Array.isArray(value)) return jsonText(value);
  }
  switch (type) {
    case 'ip':
      return random.pick(random.chance(0.3) ? BLOCKS : ADDRESSES);
    case 'date':
    case 'date_nanos':
      return random.chance(0.3) ? dateMath(random) : random.usual(DATE_TEXTS);
    case 'keyword':
    case 'text':
    case 'flattened':
    case 'flattened key':
    case 'geo_point':
      return random.usual(TEXTS);
    case 'boolean':
      return random.pick(['true', 'false', 'True', '']);
    default:
      return random.pick([...NUMBER_TOKENS, ...NUMBER_TEXTS, 'true']);
  }
}
