import type { Script, ScriptValue } from '../algebra/query.ts';
import { QueryFailure } from '../failure.ts';
import type { RunContext, Scope, Test } from './context.ts';
import { checkDocValues, compileDocValues } from './doc-values.ts';
import { prefixOf, searchable } from './fields.ts';

const ABSENT: readonly ScriptValue[] = [null];

/** Combinations of values that are tried for one event; beyond it the search would not come back either. */
const MAX_COMBINATIONS = 1_000_000;

/**
 * A script is true if any combination of values, one per occurrence of a field, makes its test true
 * (elasticsearch: x-pack/plugin/eql/.../planner/MultiValueAwareScriptQuery.java).
 */
export function compileScript(script: Script, context: RunContext, scope: Scope): Test {
  const readers = script.fields.map((name) => {
    const field = searchable(name, context, scope);
    if (field === undefined) return undefined;
    checkDocValues(field, script.span);
    return compileDocValues(field, prefixOf(scope));
  });
  const { test } = script;
  const count = readers.length;
  return (source, event) => {
    const lists = readers.map((read) => {
      const values = read?.(source, event) ?? ABSENT;
      return values.length === 0 ? ABSENT : values;
    });
    if (lists.every((list) => list.length === 1)) return test(lists.map((list) => list[0] ?? null));
    const combinations = lists.reduce((product, list) => product * list.length, 1);
    if (combinations > MAX_COMBINATIONS)
      throw new QueryFailure(`${combinations.toLocaleString('en')} combinations of values are too many to try`, {
        span: script.span,
        why: 'the expression names several fields that hold long lists in one event',
      });
    const at = new Array<number>(count).fill(0);
    for (;;) {
      if (test(lists.map((list, i) => list[at[i] ?? 0] ?? null))) return true;
      let i = count - 1;
      while (i >= 0) {
        const next = (at[i] ?? 0) + 1;
        if (next < (lists[i]?.length ?? 0)) {
          at[i] = next;
          break;
        }
        at[i--] = 0;
      }
      if (i < 0) return false;
    }
  };
}
