import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, own } from '../../../text/json.ts';

/** A node that was started: what its file `status.json` says. */
export interface NodeStatus {
  readonly pid: number;
  /** Made up anew at each start: a node that answers with it is the one that was started. */
  readonly name: string;
  readonly url: string;
  readonly version: string;
  /** Folder of its data and logs. */
  readonly folder: string;
}

const fileOf = (folder: string): string => join(folder, 'status.json');

/** The status that a text holds; undefined where it is none. */
export function parseStatus(text: string): NodeStatus | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const read = (key: string): string => {
    const found = own(value, key);
    return typeof found === 'string' ? found : '';
  };
  const pid = own(value, 'pid');
  const [name, url, version, folder] = [read('name'), read('url'), read('version'), read('folder')];
  if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 1) return undefined;
  if (name === '' || version === '' || folder === '' || !/^http:\/\/(?:127\.0\.0\.1|\[::1\]):\d+$/.test(url))
    return undefined;
  return { pid, name, url, version, folder };
}

export function readStatus(folder: string): NodeStatus | undefined {
  try {
    return parseStatus(readFileSync(fileOf(folder), 'utf8'));
  } catch {
    return undefined;
  }
}

export function writeStatus(folder: string, status: NodeStatus): void {
  writeFileSync(`${fileOf(folder)}.new`, JSON.stringify(status));
  renameSync(`${fileOf(folder)}.new`, fileOf(folder));
}

export const removeStatus = (folder: string): void => rmSync(fileOf(folder), { force: true });

const processFile = (nodeFolder: string): string => join(nodeFolder, 'pid');

/** Writes which process the node in a folder is, before it answers: who comes after a start that was killed can end it. */
export const writeProcess = (nodeFolder: string, pid: number): void =>
  writeFileSync(processFile(nodeFolder), String(pid));

export function readProcess(nodeFolder: string): number | undefined {
  try {
    const pid = Number(readFileSync(processFile(nodeFolder), 'utf8'));
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Name and version of the node that answers at an address; undefined where none does. */
export async function nodeAt(url: string): Promise<{ readonly name: string; readonly version: string } | undefined> {
  try {
    const path = '_nodes/_local?filter_path=nodes.*.name,nodes.*.version';
    const answer = await fetch(`${url}/${path}`, { signal: AbortSignal.timeout(5000) });
    const body: unknown = await answer.json();
    const nodes = isJsonObject(body) ? own(body, 'nodes') : undefined;
    const node = isJsonObject(nodes) ? Object.values(nodes)[0] : undefined;
    const [name, version] = isJsonObject(node) ? [own(node, 'name'), own(node, 'version')] : [];
    return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
  } catch {
    return undefined;
  }
}
