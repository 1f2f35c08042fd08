import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../text/package-root.ts';
import { isJsonObject, own, type Json } from '../../text/json.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { suggest } from '../../text/suggest.ts';
import type { Pointer, RuleFile, ThreatItem } from '../../rule/rule.ts';
import type { Check } from '../check.ts';

interface Technique {
  readonly name: string;
  readonly tactics: readonly string[];
  readonly revokedBy?: string;
  readonly retired: boolean;
}

interface Table {
  readonly version: string;
  readonly tactics: ReadonlyMap<string, { readonly name: string; readonly short: string }>;
  readonly techniques: ReadonlyMap<string, Technique>;
}

let table: Table | undefined;
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The facts of MITRE ATT&CK, read when the first rule with a threat comes by. */
function attack(): Table {
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
      rows('techniques').map(([id, name, tactics, state]) => {
        const status = text(state);
        return [
          text(id),
          {
            name: text(name),
            tactics: text(tactics).split(' '),
            retired: status !== '',
            ...(status.startsWith('T') ? { revokedBy: status } : {}),
          },
        ];
      }),
    ),
  };
  return table;
}

const expectedUrl = (kind: 'tactics' | 'techniques', id: string): string =>
  `https://attack.mitre.org/${kind}/${id.replace('.', '/')}/`;

function itemFaults(
  file: RuleFile,
  item: ThreatItem,
  at: Pointer,
  kind: 'tactics' | 'techniques',
  name: string | undefined,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const facts = attack();
  if (name === undefined) {
    const meant = suggest(item.id, kind === 'tactics' ? facts.tactics.keys() : facts.techniques.keys());
    return [
      {
        id: 'attack/unknown-id',
        severity: 'error',
        message: `${item.id} is unknown in ATT&CK ${facts.version}`,
        span: file.valueSpan([...at, 'id']),
        why: 'the rule is missing from every coverage map',
        help: 'look the id up at attack.mitre.org',
        ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
      },
    ];
  }
  if (item.name !== name) {
    const span = file.valueSpan([...at, 'name']);
    found.push({
      id: 'attack/name',
      severity: 'error',
      message: `${item.id} is called ${name}`,
      span,
      why: 'Kibana groups rules by this name',
      help: `write name = "${name}"`,
      fix: { description: `call it ${name}`, safe: true, edits: [{ span, text: JSON.stringify(name) }] },
    });
  }
  const url = expectedUrl(kind, item.id);
  if (item.reference.replace(/\/$/, '') !== url.replace(/\/$/, '')) {
    const span = file.valueSpan([...at, 'reference']);
    found.push({
      id: 'attack/reference',
      severity: 'error',
      message: `this is not the address of ${item.id}`,
      span,
      help: `write ${url}`,
      fix: { description: 'correct the address', safe: true, edits: [{ span, text: JSON.stringify(url) }] },
    });
  }
  return found;
}

export const attackChecks: readonly Check[] = [
  {
    id: 'attack/mapping',
    severity: 'error',
    summary: 'Tactics, techniques and sub-techniques exist, are named and linked rightly, and belong together.',
    run(file) {
      const found: Diagnostic[] = [];
      (file.rule?.body.threat ?? []).forEach((threat, t) => {
        if (threat.framework !== 'MITRE ATT&CK') return;
        const facts = attack();
        const base: Pointer = ['rule', 'threat', t];
        const tactic = facts.tactics.get(threat.tactic.id);
        found.push(...itemFaults(file, threat.tactic, [...base, 'tactic'], 'tactics', tactic?.name));
        const technique = (item: ThreatItem, at: Pointer, parent: string | undefined): void => {
          const known = facts.techniques.get(item.id);
          if (known?.retired === true) {
            found.push({
              id: 'attack/revoked',
              severity: 'warning',
              message: `${item.id} is revoked in ATT&CK ${facts.version}`,
              span: file.valueSpan([...at, 'id']),
              why: 'coverage maps no longer show it',
              help:
                known.revokedBy === undefined
                  ? 'look for its successor at attack.mitre.org'
                  : `its successor is ${known.revokedBy}`,
            });
            return;
          }
          found.push(...itemFaults(file, item, at, 'techniques', known?.name));
          if (known !== undefined && tactic !== undefined && !known.tactics.includes(tactic.short))
            found.push({
              id: 'attack/tactic',
              severity: 'error',
              message: `${item.id} does not belong to ${tactic.name}`,
              span: file.valueSpan([...at, 'id']),
              help: `it belongs to ${known.tactics.join(', ')}`,
            });
          if (parent !== undefined && !item.id.startsWith(`${parent}.`))
            found.push({
              id: 'attack/parent',
              severity: 'error',
              message: `${item.id} is no sub-technique of ${parent}`,
              span: file.valueSpan([...at, 'id']),
              help: 'move it below its own technique',
            });
        };
        threat.technique?.forEach((one, i) => {
          const at: Pointer = [...base, 'technique', i];
          technique(one, at, undefined);
          one.subtechnique?.forEach((sub, j) => technique(sub, [...at, 'subtechnique', j], one.id));
        });
      });
      return found;
    },
  },
  {
    id: 'attack/tactic-tag',
    severity: 'warning',
    summary: 'Each tactic has its tag, and no other tactic is tagged.',
    run(file) {
      const body = file.rule?.body;
      if (body === undefined || file.rule?.metadata.maturity === 'deprecated') return [];
      const tactics = new Set(
        (body.threat ?? [])
          .filter((one) => one.framework === 'MITRE ATT&CK')
          .map((one) => `Tactic: ${one.tactic.name}`),
      );
      const tags = body.tags ?? [];
      const missing = [...tactics]
        .filter((tag) => !tags.includes(tag))
        .map((tag): Diagnostic => ({
          id: 'attack/tactic-tag',
          severity: 'warning',
          message: `the tag "${tag}" is missing`,
          span: file.keySpan(['rule', 'tags']),
          why: 'the rule maps to this tactic, and nobody who filters by it finds the rule',
          help: `add "${tag}"`,
        }));
      const extra = tags.flatMap((tag, at): Diagnostic[] =>
        tag.startsWith('Tactic: ') && !tactics.has(tag) && tactics.size > 0
          ? [
              {
                id: 'attack/tactic-tag',
                severity: 'warning',
                message: `the rule does not map to ${tag.slice(8)}`,
                span: file.valueSpan(['rule', 'tags', at]),
                help: 'take the tag out, or add the tactic to rule.threat',
              },
            ]
          : [],
      );
      return [...missing, ...extra];
    },
  },
];
