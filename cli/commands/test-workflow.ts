import { parseDocument } from 'yaml';
import { elements, isJsonObject, jsonText, own, type Json, type JsonObject } from '../text/json.ts';

/** A workflow of GitHub as tests see it: what is wrong with it after GitHub's own advice on secure use. */

const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, key) => (isJsonObject(inner) ? own(inner, key) : undefined), value);
const table = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The workflow as a value. Throws for what is no YAML, and for a key that stands twice. */
export function readWorkflow(source: string): JsonObject {
  const document = parseDocument(source, { strict: true, uniqueKeys: true });
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw error;
  return table(document.toJS() as Json);
}

const EVENTS = new Set(['pull_request', 'push', 'schedule', 'workflow_dispatch', 'merge_group']);
const WORKFLOW_KEYS = new Set(['name', 'on', 'permissions', 'env', 'concurrency', 'jobs']);
const JOB_KEYS = new Set(['name', 'if', 'needs', 'runs-on', 'timeout-minutes', 'environment', 'permissions', 'concurrency', 'strategy', 'outputs', 'steps', 'env']); // prettier-ignore
const STEP_KEYS = new Set(['id', 'name', 'if', 'uses', 'with', 'env', 'run', 'shell', 'working-directory', 'continue-on-error', 'timeout-minutes']); // prettier-ignore
const CONTEXTS = /^(?:github|env|vars|secrets|needs|steps|runner|matrix|job|inputs|strategy)$/;

/** Values of an event that anybody who opens a pull request or an issue writes. */
const UNTRUSTED = /github\.(?:head_ref|event\.(?:.*\.)?(?:title|body|message|name|email|ref|label|default_branch|page_name|login))\b/; // prettier-ignore

/** Every text of a value with its path. */
function texts(value: Json, path: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one, index) => texts(one, `${path}[${index}]`));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => texts(one, path === '' ? key : `${path}.${key}`));
}

const expressionsOf = (value: string): readonly string[] =>
  [...value.matchAll(/\$\{\{(.*?)\}\}/gs)].map(([, one = '']) => one.trim());

const withoutStrings = (expression: string): string => expression.replace(/'(?:[^']|'')*'/g, "''");

const unknown = (what: string, value: JsonObject, known: ReadonlySet<string>): readonly string[] =>
  Object.keys(value).filter((key) => !known.has(key)).map((key) => `${what}: there is no ${key}`); // prettier-ignore

function expressionFaults(workflow: JsonObject): readonly string[] {
  return texts(workflow, '').flatMap(([path, value]) => {
    const isCondition = /\.if$/.test(path);
    const expressions = isCondition ? [value.replace(/^\$\{\{|\}\}$/g, '')] : expressionsOf(value);
    const opened = value.split('${{').length - 1;
    if (!isCondition && opened !== expressions.length) return [`${path}: an expression is not closed`];
    return expressions.flatMap((expression) => {
      const bare = withoutStrings(expression);
      const names = [...bare.matchAll(/(?<![\w.-])([a-z_][\w-]*)(?=\.)/g)].map(([, name = '']) => name);
      return [
        ...names.filter((name) => !CONTEXTS.test(name)).map((name) => `${path}: there is no context ${name}`),
        ...(/\.run$/.test(path) ? [`${path}: ${expression} is put into the script as it is; hand it over by env`] : []),
        ...(isCondition && /(?<![\w.-])secrets\./.test(bare) ? [`${path}: secrets cannot be read in a condition`] : []),
        ...(!isCondition && UNTRUSTED.test(bare) ? [`${path}: anybody can write ${expression}`] : []),
        ...(/(?<![\w.-])secrets\./.test(bare) && !/^jobs\.[\w-]+\.steps\[\d+\]\.env\./.test(path)
          ? [`${path}: a secret belongs to the one step that needs it`]
          : []),
      ];
    });
  });
}

function stepFaults(name: string, step: JsonObject, source: string): readonly string[] {
  const uses = text(own(step, 'uses'));
  const faults = [...unknown(name, step, STEP_KEYS)];
  if (Object.hasOwn(step, 'uses') === Object.hasOwn(step, 'run'))
    faults.push(`${name}: a step has one of uses and run`);
  if (uses !== '' && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses))
    faults.push(`${name}: ${uses} is not pinned to a commit`);
  else if (uses !== '' && !new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+\\n`).test(source))
    faults.push(`${name}: say in a comment which version ${uses} is`);
  if (uses.startsWith('actions/checkout@') && at(step, 'with', 'persist-credentials') !== false)
    faults.push(`${name}: checkout leaves its token behind; persist-credentials: false`);
  if (Object.hasOwn(step, 'with') && uses === '') faults.push(`${name}: only an action takes with`);
  return faults;
}

function jobFaults(name: string, job: JsonObject, workflow: JsonObject, source: string): readonly string[] {
  const faults = [...unknown(name, job, JOB_KEYS)];
  const steps = elements(own(job, 'steps')).filter(isJsonObject);
  const permissions = own(job, 'permissions');
  const needs = own(job, 'needs');
  for (const other of typeof needs === 'string' ? [needs] : elements(needs))
    if (typeof other !== 'string' || !Object.hasOwn(table(own(workflow, 'jobs')), other))
      faults.push(`${name}: it needs ${jsonText(other)}, which is not there`);
  if (text(own(job, 'runs-on')) === '') faults.push(`${name}: it has no runs-on`);
  if (typeof own(job, 'timeout-minutes') !== 'number') faults.push(`${name}: it has no time limit`);
  if (!isJsonObject(permissions)) faults.push(`${name}: it has the permissions of the workflow, not its own`);
  const usesSecrets = JSON.stringify(job).includes('secrets.');
  const writes = Object.entries(table(permissions)).filter(([, right]) => right === 'write');
  const runsCode = steps.some((step) => /\bnpm\b|\bnode\b|checkout@/.test(`${text(own(step, 'run'))} ${text(own(step, 'uses'))}`)); // prettier-ignore
  if (usesSecrets && own(job, 'environment') === undefined)
    faults.push(`${name}: it has secrets and no environment that guards them`);
  if (writes.length > 0 && runsCode)
    faults.push(`${name}: it may write ${writes.map(([key]) => key).join()} and runs code of the repository`);
  if (writes.length > 0 && usesSecrets) faults.push(`${name}: it may write and has secrets`);
  if (own(job, 'concurrency') === undefined) faults.push(`${name}: two of it can run at once`);
  return [...faults, ...steps.flatMap((step, index) => stepFaults(`${name}.steps[${index}]`, step, source))];
}

/** Everything that is wrong with a workflow, in the order of the file by kind. Empty: nothing. */
export function workflowFaults(source: string): readonly string[] {
  const workflow = readWorkflow(source);
  const on = table(own(workflow, 'on'));
  const crons = elements(own(on, 'schedule')).map((one) => text(at(one, 'cron')));
  const permissions = own(workflow, 'permissions');
  return [
    ...unknown('the workflow', workflow, WORKFLOW_KEYS),
    ...Object.keys(on).filter((event) => !EVENTS.has(event)).map((event) => `on.${event}: not among the events that are safe here`),
    ...crons.filter((cron) => !/^[0-9]{1,2} [0-9]{1,2}( [0-9*,/-]+){3}$/.test(cron)).map((cron) => `on.schedule: ${cron} is not once a day`),
    ...(isJsonObject(permissions) && Object.keys(permissions).length === 0 ? [] : ['permissions: the workflow gives some to every job']),
    ...Object.entries(table(own(workflow, 'jobs'))).flatMap(([name, job]) => jobFaults(name, table(job), workflow, source)),
    ...expressionFaults(workflow),
  ];
} // prettier-ignore

/** The scripts of a workflow, by job and step. */
export const scriptsOf = (workflow: JsonObject): readonly (readonly [string, string])[] =>
  Object.entries(table(own(workflow, 'jobs'))).flatMap(([name, job]) =>
    elements(at(job, 'steps')).flatMap((step, index): (readonly [string, string])[] => {
      const run = text(at(step, 'run'));
      return run === '' ? [] : [[`${name}.steps[${index}]`, run]];
    }),
  );
