import type { Field, Mapping } from '../../fields/mapping.ts';
import type { KqlNode } from '../../query/kql/ast.ts';

/** The field that a comparison outside of nested groups names; undefined for patterns, free text and unmapped names. */
export function mappedField(node: KqlNode, mapping: Mapping): Field | undefined {
  if (node.kind !== 'is' && node.kind !== 'range') return undefined;
  return node.field.kind === 'literal' && typeof node.field.value === 'string'
    ? mapping.field(node.field.value)
    : undefined;
}

/**
 * Fields that hold lists as a rule: those that ECS marks as arrays
 * (elastic/ecs: schemas/*.yml, `normalize: array`).
 */
const LISTS: ReadonlySet<string> = new Set([
  'client.user.roles', 'container.image.tag', 'destination.user.roles', 'dns.header_flags', 'dns.resolved_ip',
  'email.bcc.address', 'email.cc.address', 'email.from.address', 'email.reply_to.address', 'email.to.address',
  'event.category', 'event.type', 'file.attributes', 'host.ip', 'host.mac', 'observer.ip', 'observer.mac', 'process.args',
  'process.env_vars', 'process.parent.args', 'related.hash', 'related.hosts', 'related.ip', 'related.user', 'rule.author',
  'source.user.roles', 'tags', 'threat.tactic.id', 'threat.tactic.name', 'threat.technique.id', 'threat.technique.name',
  'user.roles', 'vulnerability.category',
]); // prettier-ignore

export const holdsList = (name: string): boolean => LISTS.has(name);
