import type { Field, Mapping } from '../fields/mapping.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { KnownError } from '../text/known-error.ts';
import type { ExecutionInput, Preparation, PreparedRule } from './execution.ts';
import { prepareRule } from './prepare.ts';
import { reach } from './reach.ts';

/**
 * Makes a rule ready for events of which nobody knows yet which fields they bring. A query that names no field that only
 * documents can bring is prepared once, like any other; else it is prepared again whenever such a field comes up. What was
 * found before stands: the events until then have no value there. Elasticsearch refuses an EQL query on a field that nothing
 * brings, and so does the run at its end.
 */
export function prepareGrowing(input: ExecutionInput): Preparation {
  const growing = input.mapping.growing?.();
  if (growing === undefined) return prepareRule(input);
  const prepare = (mapping: Mapping): Preparation => prepareRule({ ...input, mapping });
  let strict = prepare(growing.mapping);
  if (!growing.watching || !strict.problems.filter(isError).every(isUnmapped)) return strict;

  /** What tells which events concern the rule, also while a field is missing without which it cannot run. */
  const runningOf = (): PreparedRule | undefined =>
    strict.prepared ?? prepare(asIfMapped(growing.mapping, strict.problems)).prepared;
  let running = runningOf();
  const able = (): PreparedRule => {
    const failed = failure();
    if (failed !== undefined || strict.prepared === undefined) throw failed ?? new KnownError('the rule cannot be run');
    return strict.prepared;
  };
  const failure = (): KnownError | undefined => {
    if (strict.prepared !== undefined) return undefined;
    const { message, why, help } = strict.problems.find(isError) ?? { message: 'the rule cannot be run' };
    return new KnownError(message, { ...(why === undefined ? {} : { why }), ...(help === undefined ? {} : { help }) });
  };
  const outOfReach = reach(input);
  const limit = running?.limit;
  const prepared: PreparedRule = {
    observe(events) {
      if (!growing.add(events.filter((event) => outOfReach(event) === undefined))) return false;
      strict = prepare(growing.mapping);
      running = runningOf();
      return true;
    },
    failure,
    run: (events) => able().run(events),
    explain: (event) => able().explain(event),
    outOfReach,
    concerns: (event) => running?.concerns?.(event) ?? true,
    leading: (index) => running?.leading?.(index) ?? [],
    mapping: input.mapping,
    ...(limit === undefined ? {} : { limit }),
  };
  return { ...strict, prepared };
}

const isError = (one: Diagnostic): boolean => one.severity === 'error';
const isUnmapped = (one: Diagnostic): boolean => one.id === 'query/unknown-field';

/** A mapping that has the fields, too, of which some findings say that it has not. No event has a value there. */
function asIfMapped(mapping: Mapping, problems: readonly Diagnostic[]): Mapping {
  const missing = problems.filter(isUnmapped).map(({ message }) => message);
  const stand = (name: string): Field | undefined =>
    missing.some((message) => message.startsWith(`${name} is `) || message.startsWith(`${name}, `))
      ? { name, type: 'keyword', typeName: 'keyword' }
      : undefined;
  return {
    field: (name) => mapping.field(name) ?? stand(name),
    matching: (pattern) => mapping.matching(pattern),
    names: () => mapping.names(),
    multiFields: (name) => mapping.multiFields(name),
    analyzer: (name) => mapping.analyzer(name),
    describe: () => mapping.describe(),
  };
}
