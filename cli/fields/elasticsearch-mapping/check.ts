import { own, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { didYouMean } from '../../text/suggest.ts';
import { valueFault, type Parameter, type Parameters } from './parameter.ts';

/** Why what holds a parameter is not run, as half a sentence, and the parameter. */
export interface Refused {
  readonly parameter: string;
  readonly why: string;
}

export interface Checked {
  /** What the parameters stand on, such as `the field a.b of the mapping`. */
  readonly what: string;
  /** The same for a list of what it takes: `a keyword`. */
  readonly kind: string;
  /** Elasticsearch has taken it: what is unknown here comes from a newer version or a plugin, and is refused in use. */
  readonly accepted: boolean;
}

/** Whether a value of a refused parameter is one that means its default. */
const isHarmless = ({ harmless = [] }: Parameter, value: Json): boolean =>
  harmless.some((one) => one === value || (typeof one === 'boolean' && String(one) === value));

/**
 * Holds the members of a body against the parameters that there are. Throws a KnownError for one that is unknown or has a value
 * that Elasticsearch refuses; returns the first that cannot be followed.
 */
export function checkParameters(
  body: JsonObject,
  parameters: Parameters,
  { what, kind, accepted }: Checked,
): Refused | undefined {
  let refused: Refused | undefined;
  for (const name of Object.keys(body)) {
    if (name === 'type') continue;
    const value = own(body, name) ?? null;
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) {
      if (accepted) {
        refused ??= { parameter: name, why: `this release does not know the parameter ${name} of ${kind}` };
        continue;
      }
      const known = Object.keys(parameters).sort();
      throw new KnownError(`${what} has an unknown parameter "${name}"${didYouMean(name, known)}`, {
        why: `Elasticsearch refuses the mapping: unknown parameter [${name}]`,
        help: `${kind} takes ${known.join(', ')}`,
      });
    }
    const fault =
      value !== null ? valueFault(value, parameter.value) : parameter.nullable === true ? undefined : 'null';
    if (fault !== undefined)
      throw new KnownError(`"${name}" of ${what} is ${fault}`, { why: 'Elasticsearch refuses such a mapping' });
    if (parameter.use === 'refused' && !isHarmless(parameter, value))
      refused ??= { parameter: name, why: parameter.why ?? '' };
  }
  return refused;
}
