import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, own, type Json } from '../../text/json.ts';
import { packageRoot } from '../../text/package-root.ts';

export interface Tactic {
  readonly name: string;
  /** As techniques name it: `defense-evasion`. */
  readonly short: string;
}

export interface Technique {
  readonly name: string;
  /** Short names of its tactics. */
  readonly tactics: readonly string[];
  /** Revoked or deprecated. */
  readonly retired: boolean;
  readonly revokedBy?: string;
}

export interface AttackTable {
  /** Such as `18.1`. */
  readonly version: string;
  readonly tactics: ReadonlyMap<string, Tactic>;
  readonly techniques: ReadonlyMap<string, Technique>;
}

let table: AttackTable | undefined;
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The facts of MITRE ATT&CK, read when the first rule with a threat comes by. */
export function attack(): AttackTable {
  if (table !== undefined) return table;
  const raw: unknown = JSON.parse(readFileSync(join(packageRoot(), 'schemas/attack/enterprise.json'), 'utf8'));
  const root = isJsonObject(raw) ? raw : {};
  const rows = (key: string): readonly (readonly Json[])[] => {
    const list = own(root, key);
    return Array.isArray(list)
      ? (list as readonly Json[]).filter((one): one is readonly Json[] => Array.isArray(one))
      : [];
  };
  table = {
    version: text(own(root, 'version')),
    tactics: new Map(rows('tactics').map(([id, name, short]) => [text(id), { name: text(name), short: text(short) }])),
    techniques: new Map(
      rows('techniques').map(([id, name, tactics, state]) => [text(id), technique(name, tactics, text(state))]),
    ),
  };
  return table;
}

/** `state` is empty, `deprecated`, or the id of the technique that took over. */
function technique(name: Json | undefined, tactics: Json | undefined, state: string): Technique {
  return {
    name: text(name),
    tactics: text(tactics).split(' '),
    retired: state !== '',
    ...(state.startsWith('T') ? { revokedBy: state } : {}),
  };
}

/** The tactic that techniques call by this short name. */
export const tacticCalled = (short: string): string =>
  [...attack().tactics.values()].find((one) => one.short === short)?.name ?? short;
