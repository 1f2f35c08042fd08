import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileWildcard } from '../fields/patterns/wildcard.ts';
import { readConnectors } from '../kibana/client/connector-api.ts';
import { findExceptionItems, getExceptionList } from '../kibana/client/exception-api.ts';
import { RemoteError } from '../remote/remote-error.ts';
import { withConnectorNames } from '../kibana/desired/connectors.ts';
import type { Entry, FieldChange } from '../kibana/plan/plan.ts';
import type { RemoteList } from '../kibana/pull/pull-exceptions.ts';
import { listsOfRules, pullLists, type KnownList } from '../kibana/pull/pull-lists.ts';
import { pullRules } from '../kibana/pull/pull-rules.ts';
import { pullValues } from '../kibana/pull/pull-values.ts';
import type { FileChange, PullOptions } from '../kibana/pull/pull.ts';
import { overriddenMembers } from '../kibana/desired/overrides.ts';
import { listKey, type Space } from '../kibana/space/space.ts';
import { withoutCommands } from '../report/workflow-commands.ts';
import { pullJson, pullText, type Pulled } from '../report/pull-report.ts';
import { elements, own, type Json, type JsonObject } from '../text/json.ts';
import { visible } from '../text/display.ts';
import { KnownError } from '../text/known-error.ts';
import { packageVersion } from '../text/package-root.ts';
import { readConfig, type Config } from './configuration.ts';
import type { ExitCode } from './exit-code.ts';
import { committedText } from './git.ts';
import { isInside, shown, type Host } from './host.ts';
import { withRemote, type Remote, type RemoteFlags } from './kibana-remote.ts';
import { listFolders } from './list-folders.ts';
import { parseFormat, put, type Target } from './outputs.ts';
import { planFor, type Planned } from './plan.ts';
import type { ConfigFlags } from './settings.ts';
import { terminalOf, type TerminalOptions } from './terminal.ts';
import { overridesOf } from './wanted-state.ts';
import { checkInside, readWhole, writeInside, type Write } from './write-inside.ts';

export interface PullCommandOptions extends ConfigFlags, TerminalOptions, RemoteFlags {
  readonly rule?: readonly string[];
  /** Only rules that have no file yet. */
  readonly new?: boolean;
  readonly dryRun?: boolean;
  readonly diff?: boolean;
  readonly format?: string;
}

const isPullFormat = (name: string): name is 'pretty' | 'json' => name === 'pretty' || name === 'json';

/** `dac pull`: brings what the space has into the files of the repository. Sends nothing that changes anything. */
export async function pull(host: Host, options: PullCommandOptions): Promise<ExitCode> {
  const output = parseFormat(options.format ?? 'pretty', ['pretty', 'json'], isPullFormat);
  const config = readConfig(host, options);
  if (![...config.rules, config.exceptions].every((one) => isInside(config.root, resolve(host.cwd, one))))
    throw new KnownError('the folders of rules and exceptions lie outside of the repository', {
      help: 'correct paths.rules and paths.exceptions in dac.toml',
    });
  const dry = options.dryRun === true || options.diff === true;
  const { rule: named, ...rest } = options;
  const planned = await planFor(host, config, [], { ...rest, allowEmpty: true, beginning: true });
  if (planned === undefined) return 2;
  const { remote } = planned;
  return await withRemote(remote, async () => {
    const found = await pulledFrom(host, config, planned, named, options.new === true);
    const pulled: Pulled = { version: packageVersion(), environment: remote.environment.name, written: !dry, ...found };
    const writes = pulled.changes.map((one) => writeOf(host, one));
    for (const write of writes) checkInside(config.root, write);
    if (!dry) for (const write of writes) writeInside(config.root, write);
    if (options.diff === true) put(remote.host, output, shownDiff(host, output, await diffOf(pulled.changes)));
    else {
      const { colour } = terminalOf(host, options);
      put(remote.host, output, output.format === 'json' ? pullJson(pulled) : pullText(pulled, { colour: colour && output.path === undefined })); // prettier-ignore
    }
    return pulled.changes.some((one) => one.action === 'conflict') ? 1 : 0;
  });
}

/** A patch that somebody reads, at a terminal or in the log of a workflow; a file gets it as it is. */
const shownDiff = (host: Host, { path }: Target, text: string): string =>
  path === undefined && (host.terminal || host.env['GITHUB_ACTIONS'] === 'true') ? withoutCommands(visible(text)) : text; // prettier-ignore

const writeOf = (host: Host, { path, before, text }: FileChange): Write => ({
  path: resolve(host.cwd, path),
  shown: path,
  text,
  ...(before === undefined ? {} : { before }),
});

async function diffOf(changes: readonly FileChange[]): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  return changes
    .map(({ path, before, text }) =>
      createTwoFilesPatch(before === undefined ? '/dev/null' : `a/${path}`, `b/${path}`, before ?? '', text, '', '', {
        context: 3,
      }).replace(/^=+\n/, ''),
    )
    .join('');
}

/** What is to be done to which file. Reads the exception lists that pulled rules refer to. */
async function pulledFrom(
  host: Host,
  config: Config,
  { remote, plan, desired, space }: Planned,
  named: readonly string[] | undefined,
  onlyNew: boolean,
): Promise<Pick<Pulled, 'changes' | 'skipped'>> {
  const text = (path: string): string => readWhole(resolve(host.cwd, path), path);
  const committed = (path: string): string | undefined => committedText(host, resolve(host.cwd, path));
  const overrides = overridesOf(remote.environment, host, config);
  const { exceptions } = listFolders(host, config, remote.environment);
  const options: PullOptions = {
    marker: config.marker,
    rulesRoot: config.rules[0],
    exceptionsRoot: exceptions,
    taken: new Set([config.rules[0], exceptions].flatMap((folder) => entriesOf(host, folder))),
    keep: remote.environment.keep,
    today: new Date(host.now()).toISOString().slice(0, 10).replaceAll('-', '/'),
    space: `space "${remote.environment.space}"`,
    chosen: chooser(named),
    named: named !== undefined,
    onlyNew,
  };
  const byPath = new Map(desired.rules.map((one) => [one.path, one]));
  const connectors = await connectorsFor(remote, space);
  const paths = new Map(desired.rules.map((one) => [one.ruleId, one.path]));
  const rules = pullRules(
    {
      rules: new Map([...space.rules].map(([id, rule]) => [id, withConnectorNames(rule, connectors)])),
      entries: plan.entries.map((entry) => withNamedActions(entry, connectors)),
      paths,
      text,
      committed,
      overridden: (path) => {
        const rule = byPath.get(path);
        return rule === undefined ? new Set() : overriddenMembers(rule, overrides);
      },
    },
    options,
  );
  const about = new Set([...rules.changes.map((one) => one.id), ...[...paths.keys()].filter((id) => named === undefined && space.rules.has(id))]); // prettier-ignore
  const referred = [...about].map((id) => space.rules.get(id)).filter((one) => one !== undefined);
  const lists = pullLists(
    { remote: await listsOf(referred), known: knownLists(), entries: plan.entries, text, committed },
    { ...options, onlyNew: onlyNew || named !== undefined },
  );
  const values =
    onlyNew || named !== undefined
      ? { changes: [], skipped: [] }
      : pullValues({ known: desired.valueLists ?? [], entries: plan.entries, text, committed });
  const gone = { changes: [], skipped: onlyNew ? [] : plan.entries.filter((one) => one.gone === true && options.chosen(one)).map(goneEntry) }; // prettier-ignore
  const parts = [rules, lists, values, gone];
  const changes = parts.flatMap((one) => one.changes).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { changes, skipped: parts.flatMap((one) => one.skipped) };

  /** Lists of the repository that the space has, and those of the rules. */
  async function listsOf(found: readonly JsonObject[]): Promise<readonly RemoteList[]> {
    const keep = new Set(remote.environment.keep);
    const wanted = new Map((desired.exceptionLists ?? []).map((one) => [listKey(one.namespace, one.listId), { list_id: one.listId, namespace_type: one.namespace }])); // prettier-ignore
    if (!keep.has('exceptions_list')) for (const one of listsOfRules(found)) wanted.set(listKey(one.namespace_type, one.list_id), one); // prettier-ignore
    const lists = await Promise.all(
      [...wanted].map(async ([key, address]): Promise<RemoteList[]> => {
        const list = space.exceptionLists.get(key) ?? (await getExceptionList(remote.transport, address));
        if (list === undefined) return [];
        const read = space.exceptionItems.get(key);
        return [{ list, items: read === undefined ? await findExceptionItems(remote.transport, address) : [...read.values()] }]; // prettier-ignore
      }),
    );
    return lists.flat();
  }

  /** Where in its file each list stands: files hold their lists in the order in which they were read. */
  function knownLists(): readonly KnownList[] {
    const seen = new Map<string, number>();
    return (desired.exceptionLists ?? []).map((one) => {
      const index = seen.get(one.path) ?? 0;
      seen.set(one.path, index + 1);
      return { ...one, index };
    });
  }
}

/** No pull deletes anything: what somebody has deleted in Kibana stays in its file, and is told. */
const goneEntry = ({ kind, id, name, path }: Entry): Pulled['skipped'][number] => ({
  kind,
  id,
  name,
  gone: true,
  why: 'somebody has deleted it in Kibana since the last apply',
  help: `${path === undefined ? 'take it out of the repository' : `take it out of ${path}`} too, or let dac push make it again`,
});

/** Connectors of the space, if its rules have any; none where the key may not see them: actions then keep their ids. */
async function connectorsFor({ transport }: Remote, space: Space): Promise<readonly JsonObject[]> {
  const used = [...space.rules.values()].some((rule) => elements(own(rule, 'actions')).length > 0);
  if (!used || space.connectors.length > 0) return space.connectors;
  try {
    return await readConnectors(transport);
  } catch (error) {
    if (error instanceof RemoteError && error.status === 403) return [];
    throw error;
  }
}

/** What differs, with the names of connectors, as files have them. */
function withNamedActions(entry: Entry, connectors: readonly JsonObject[]): Entry {
  const named = (actions: Json): Json => own(withConnectorNames({ actions }, connectors), 'actions') ?? null;
  const fields = entry.fields.map((one): FieldChange =>
    one.field !== 'actions'
      ? one
      : { ...one, desired: named(one.desired), space: named(one.space), ...(one.last === undefined ? {} : { last: named(one.last) }) },
  ); // prettier-ignore
  return { ...entry, fields };
}

/** Everything below a folder, lower-case, as a person reads it. */
function entriesOf(host: Host, folder: string): readonly string[] {
  const full = resolve(host.cwd, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, encoding: 'utf8' }).map((path) => shown(host, resolve(full, path)).toLowerCase()); // prettier-ignore
}

function chooser(patterns: readonly string[] | undefined): PullOptions['chosen'] {
  if (patterns === undefined) return () => true;
  const globs = patterns.map((one) => compileWildcard(one.toLowerCase()));
  return ({ id, name, path }) => [id, name, path].some((text) => text !== undefined && globs.some((fits) => fits(text.toLowerCase()))); // prettier-ignore
}
