import { driftOf, hasDrift, type DriftItem } from '../kibana/drift/drift.ts';
import { hasTag, listKey } from '../kibana/space/space.ts';
import { driftJson, driftMarkdown, driftText } from '../report/drift-report.ts';
import { own, type JsonObject } from '../text/json.ts';
import { readConfig } from './configuration.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { parseFormat, put } from './outputs.ts';
import { planFor, type Planned, type PlanningOptions } from './plan.ts';
import { terminalOf } from './terminal.ts';

export interface DriftCommandOptions extends PlanningOptions {
  readonly format?: readonly string[];
  readonly exitCode?: boolean;
}

const FORMATS = ['pretty', 'json', 'markdown'] as const;
type DriftFormat = (typeof FORMATS)[number];
const isDriftFormat = (name: string): name is DriftFormat => (FORMATS as readonly string[]).includes(name);

/** `dac drift`: what somebody has changed in the space since the last apply. Sends nothing that changes anything. */
export async function drift(host: Host, options: DriftCommandOptions): Promise<ExitCode> {
  const outputs = (options.format ?? ['pretty']).map((one) => parseFormat(one, FORMATS, isDriftFormat));
  const config = readConfig(host, options);
  const planned = await planFor(host, config, [], options);
  if (planned === undefined) return 2;
  const found = driftOf(
    planned.plan,
    options.rule === undefined && options.tag === undefined ? addedItems(planned) : [],
  );
  const { colour } = terminalOf(host, options);
  for (const output of outputs) {
    const text =
      output.format === 'json'
        ? driftJson(found)
        : output.format === 'markdown'
          ? driftMarkdown(found)
          : driftText(found, { colour: colour && output.path === undefined });
    put(planned.remote.host, output, planned.remote.mask(text));
  }
  return options.exitCode === true && hasDrift(found) ? 1 : 0;
}

const textOf = (document: JsonObject, key: string): string => {
  const value = own(document, key);
  return typeof value === 'string' ? value : '';
};

/** Items that somebody added in Kibana to lists of the repository: without our mark, so that no plan touches them. */
function addedItems({ plan, desired, space }: Planned): readonly DriftItem[] {
  return (desired.exceptionLists ?? []).flatMap(({ namespace, listId, path, items }) => {
    const ours = new Set(items.map((one) => one.itemId));
    const there = [...(space.exceptionItems.get(listKey(namespace, listId)) ?? new Map<string, JsonObject>())];
    return there.flatMap(([id, item]): DriftItem[] =>
      ours.has(id) || hasTag(item, plan.marker)
        ? []
        : [{ state: 'added', kind: 'exceptionItem', id, name: textOf(item, 'name'), parent: listId, path, fields: [], changed: { by: textOf(item, 'created_by'), at: textOf(item, 'created_at') } }],
    );
  }); // prettier-ignore
}
