import { hasChanges, type Kind, type Plan } from '../kibana/plan/plan.ts';
import { makePlan, type PlanOptions, type RuleFacts } from '../kibana/plan/make-plan.ts';
import { planText } from '../kibana/plan/saved.ts';
import type { Desired } from '../kibana/desired/desired.ts';
import { unknownMembers } from '../kibana/normalise/known.ts';
import { hasTag, readSpace, type Space } from '../kibana/space/space.ts';
import { planJson } from '../report/plan-json.ts';
import { planMarkdown } from '../report/plan-markdown.ts';
import { planPretty } from '../report/plan-pretty.ts';
import { compileWildcard } from '../fields/patterns/wildcard.ts';
import { visibleLine } from '../text/display.ts';
import { elements, own } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { packageVersion } from '../text/package-root.ts';
import { didYouMean } from '../text/suggest.ts';
import { readConfig, type Config } from './configuration.ts';
import { earlierRules } from './earlier-rules.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { openRemote, withRemote, type Remote, type RemoteFlags } from './kibana-remote.ts';
import { parseFormat, put } from './outputs.ts';
import type { SelectionOptions } from './selection.ts';
import type { ConfigFlags } from './settings.ts';
import { keepHeapSmall } from './small-heap.ts';
import { terminalOf, type TerminalOptions } from './terminal.ts';
import { printFaults, printWarnings, resolved, toRead, wantedState } from './wanted-state.ts';

export interface PlanningOptions extends SelectionOptions, ConfigFlags, TerminalOptions, RemoteFlags {
  /** `--only KIND` */
  readonly only?: readonly string[];
  /** Send the secrets of connectors again, as after a rotation. */
  readonly sendSecrets?: boolean;
}

export interface PlanCommandOptions extends PlanningOptions {
  readonly format?: readonly string[];
  readonly out?: string;
  readonly exitCode?: boolean;
}

const FORMATS = ['pretty', 'json', 'markdown'] as const;
type PlanFormat = (typeof FORMATS)[number];
const isPlanFormat = (name: string): name is PlanFormat => (FORMATS as readonly string[]).includes(name);

const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  rules: ['rule'],
  exceptions: ['exceptionList', 'exceptionItem'],
  'value-lists': ['valueList'],
  connectors: ['connector'],
};

/** The kinds that `--only` names; undefined: all. */
export function kindsOf(only: readonly string[] | undefined): ReadonlySet<Kind> | undefined {
  if (only === undefined) return undefined;
  return new Set(
    only.flatMap((name) => {
      const kinds = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
      if (kinds !== undefined) return kinds;
      const known = Object.keys(KINDS);
      throw new KnownError(`--only cannot be ${name}${didYouMean(name, known)}`, { help: `it is ${known.join(', ')}` });
    }),
  );
}

/** Whether a rule, of the repository or of the space, is one that `--rule` and `--tag` ask for. */
export function selectorOf(options: PlanningOptions): ((rule: RuleFacts) => boolean) | undefined {
  const globs = (list: readonly string[] | undefined) => (list ?? []).map((one) => compileWildcard(one.toLowerCase()));
  const [names, tags] = [globs(options.rule), globs(options.tag)];
  if (names.length === 0 && tags.length === 0) return undefined;
  const fits = (tests: typeof names, list: readonly (string | undefined)[]): boolean =>
    tests.length === 0 || list.some((text) => text !== undefined && tests.some((test) => test(text.toLowerCase())));
  const tagsOf = (rule: RuleFacts): readonly string[] =>
    elements(own(rule.document, 'tags')).filter((one): one is string => typeof one === 'string');
  return (rule) => fits(names, [rule.name, rule.ruleId, rule.path]) && fits(tags, tagsOf(rule));
}

/** What a command that plans has found: the two sides and their difference. */
export interface Planned {
  readonly remote: Remote;
  readonly plan: Plan;
  /** What the repository wants, with the connectors of the space. */
  readonly desired: Desired;
  readonly space: Space;
}

/**
 * Reads the repository, then the space, and compares. Undefined: the repository has faults, which have been printed; nothing was
 * sent then. Throws a KnownError.
 */
export async function planFor(
  host: Host,
  config: Config,
  paths: readonly string[],
  options: PlanningOptions,
): Promise<Planned | undefined> {
  keepHeapSmall();
  const remote = await openRemote(host, config, options);
  const { environment, transport } = remote;
  const kinds = kindsOf(options.only);
  const state = await wantedState(host, paths, config, environment, options);
  if (state.findings.length > 0) {
    printFaults(remote.host, state, options);
    return undefined;
  }
  printWarnings(remote.host, state);
  const selects = selectorOf(options);
  if (selects !== undefined && !state.desired.rules.some(selects) && !state.complete)
    throw new KnownError('no rule fits --rule and --tag', { help: 'write * for any run of characters' });
  return await withRemote(remote, async () => {
    const space = await readSpace(transport, toRead(state, config.marker));
    noteUnknown(remote.host, space, config.marker);
    const desired = resolved(state.desired, space);
    const rules = { marker: config.marker, keep: environment.keep, version: packageVersion() };
    const planning: PlanOptions = {
      ...rules,
      environment: environment.name,
      protected: environment.protected,
      target: { url: new URL(environment.url).origin, space: environment.space },
      complete: state.complete,
      sendSecrets: options.sendSecrets === true,
      ...(kinds === undefined ? {} : { kinds }),
      ...(selects === undefined ? {} : { selects }),
    };
    const plan = makePlan(desired, space, planning);
    const earlier = earlierRules(host, config, environment, { plan, desired, space }, rules);
    if (earlier.warning !== undefined) remote.host.err(`note: ${earlier.warning}\n`);
    if (earlier.documents.size === 0) return { remote, plan, desired, space };
    return { remote, plan: makePlan(desired, space, { ...planning, earlier: earlier.documents }), desired, space };
  });
}

/** Says what rules of ours have in this Kibana and no file can hold; nothing is lost by it. */
function noteUnknown(host: Host, space: Space, marker: string): void {
  const ours = [...space.rules.values()].filter((rule) => hasTag(rule, marker));
  const unknown = [...new Set(ours.flatMap(unknownMembers))].sort();
  if (unknown.length === 0) return;
  const version = space.status.version === undefined ? 'this Kibana' : `Kibana ${visibleLine(space.status.version)}`;
  host.err(
    `note: ${version} has ${unknown.map(visibleLine).join(', ')} in its rules, which this version of dac does not know; left in the space as it is, and in no file\n`,
  );
}

/** `dac plan`: what `dac apply` would do. Sends nothing that changes anything. */
export async function plan(host: Host, paths: readonly string[], options: PlanCommandOptions): Promise<ExitCode> {
  const outputs = (options.format ?? ['pretty']).map((one) => parseFormat(one, FORMATS, isPlanFormat));
  const config = readConfig(host, options, paths[0]);
  const planned = await planFor(host, config, paths, options);
  if (planned === undefined) return 2;
  const { remote, plan: found } = planned;
  if (options.out !== undefined) {
    const text = planText(found);
    if (remote.mask(text) !== text)
      throw new KnownError('the plan holds the credentials that it was made with, and was not saved', {
        why: 'a rule, or the space, has them in a text',
        help: 'take them out there, and make a new key',
      });
    put(remote.host, { path: options.out }, text);
  }
  const terminal = terminalOf(host, options);
  const ending = options.out === undefined ? 'Nothing was changed.' : `Saved in ${options.out}. Nothing was changed.`;
  for (const output of outputs) {
    const text =
      output.format === 'json'
        ? planJson(found)
        : output.format === 'markdown'
          ? planMarkdown(found, host.now())
          : planPretty(found, { ...terminal, colour: terminal.colour && output.path === undefined, now: host.now(), ending }); // prettier-ignore
    put(remote.host, output, remote.mask(text));
  }
  return options.exitCode === true && hasChanges(found) ? 1 : 0;
}
