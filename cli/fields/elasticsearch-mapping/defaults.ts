import type { Json } from '../../text/json.ts';
import type { Field } from '../mapping.ts';
import type { Parameters } from './parameter.ts';
import { flag, number, present } from './values.ts';

/** `ignore_above` in an index of logs, which keeps terms below their longest length. */
const LOGS_IGNORE_ABOVE = 8191;

const TIMESTAMP = '@timestamp';

/**
 * What the settings of an index say of fields that do not say it themselves (elasticsearch: IndexSettings.java and FieldMapper.java
 * IGNORE_MALFORMED_SETTING, COERCE_SETTING, IGNORE_ABOVE_SETTING). A setting is for the types that have the parameter.
 */
export function fieldDefaults(
  settings: ReadonlyMap<string, Json>,
): (name: string, parameters: Parameters) => Partial<Field> {
  const logs = settings.get('index.mode') === 'logsdb';
  const ignoreMalformed = flag(settings.get('index.mapping.ignore_malformed')) ?? (logs ? true : undefined);
  const coerce = flag(settings.get('index.mapping.coerce'));
  const ignoreAbove = number(settings.get('index.mapping.ignore_above')) ?? (logs ? LOGS_IGNORE_ABOVE : undefined);
  return (name, parameters) =>
    present({
      // The time of a data stream has to be readable (elasticsearch: DataStreamTimestampFieldMapper.java)
      ignoreMalformed:
        parameters['ignore_malformed']?.use === 'followed' && name !== TIMESTAMP ? ignoreMalformed : undefined,
      coerce: parameters['coerce']?.use === 'followed' ? coerce : undefined,
      ignoreAbove: 'ignore_above' in parameters ? ignoreAbove : undefined,
    });
}
