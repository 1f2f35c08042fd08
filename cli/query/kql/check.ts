import { DateError, resolveDate } from '../../fields/dates/index.ts';
import { parseIpOrCidr } from '../../fields/ip.ts';
import type { Field, Mapping } from '../../fields/mapping.ts';
import { isNumeric } from '../../fields/numbers.ts';
import { boundNumber, equalNumber } from '../../fields/query-numbers.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Span } from '../../text/span.ts';
import { suggest } from '../../text/suggest.ts';
import { isLoneWildcard, type KqlIs, type KqlNode, type KqlRange, type KqlValue } from './ast.ts';

/**
 * Checks a KQL query against a mapping: unknown fields, values that a field's type cannot read, patterns on types that have
 * none, fields inside and outside of nested groups. Kibana checks none of this; Elasticsearch fails or matches nothing.
 */
export function checkKql(root: KqlNode, mapping: Mapping): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  const pending: { readonly node: KqlNode; readonly path: string | undefined }[] = [{ node: root, path: undefined }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path } = next;
    switch (node.kind) {
      case 'and':
      case 'or':
        for (let i = node.children.length - 1; i >= 0; i--) {
          const child = node.children[i];
          if (child !== undefined) pending.push({ node: child, path });
        }
        break;
      case 'not':
        pending.push({ node: node.child, path });
        break;
      case 'nested': {
        const name = nameOf(node.path);
        const full = path === undefined ? name : `${path}.${name}`;
        checkNestedPath(full, node.path, mapping, found);
        pending.push({ node: node.child, path: full });
        break;
      }
      case 'is':
      case 'range':
        checkClause(node, path, mapping, found, seen);
        break;
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

const nameOf = (value: KqlValue): string => (value.kind === 'wildcard' ? value.parts.join('*') : String(value.value));

function checkNestedPath(path: string, at: KqlValue, mapping: Mapping, found: Diagnostic[]): void {
  const field = mapping.field(path);
  if (field?.type === 'nested' || field?.origin?.source.startsWith('assumed') === true) return;
  // A path that is an array of objects in one table and nested in another cannot be judged from its children alone.
  if (field === undefined && mapping.matching(`${path}.*`).some((one) => one.nestedPath === path)) return;
  found.push({
    id: 'query/field-not-usable',
    severity: field === undefined ? 'warning' : 'error',
    message:
      field === undefined
        ? `${path} is in none of the rule's indices`
        : `${path} is of type ${field.typeName}, not nested`,
    span: at.span,
    why: 'a group in braces is a nested query, which Elasticsearch refuses on a path that is not mapped as nested',
    help: 'join the conditions with "and" outside of braces, or declare the field in the suite',
  });
}

function checkClause(
  node: KqlIs | KqlRange,
  path: string | undefined,
  mapping: Mapping,
  found: Diagnostic[],
  seen: Set<string>,
): void {
  if (node.field.kind === 'literal' && node.field.value === null) return;
  const written = nameOf(node.field);
  const name = path === undefined ? written : `${path}.${written}`;
  if (node.field.kind === 'wildcard') {
    if (!isLoneWildcard(node.field) && !fitsAny(name, mapping) && !isAssumed(mapping))
      unknown(node.field, name, mapping, found, seen);
    return;
  }
  const field = mapping.field(name);
  if (field === undefined) {
    unknown(node.field, name, mapping, found, seen);
    return;
  }
  if (field.type === 'object' && !(node.kind === 'is' && isLoneWildcard(node.value)))
    found.push({
      id: 'query/field-not-usable',
      severity: 'error',
      message: `${name} is an object, not a field`,
      span: node.field.span,
      why: 'a comparison with an object matches nothing',
      help: `name one of the fields below it: ${name}.…`,
    });
  if (node.kind === 'is' && isLoneWildcard(node.value)) return;
  if (field.indexed === false && field.docValues === false) {
    found.push({
      id: 'query/field-not-usable',
      severity: 'error',
      message: `${name} cannot be searched`,
      span: node.field.span,
      why: 'its mapping has neither an index nor doc values; Elasticsearch fails the search, and the rule with it',
      help: 'use another field; only whether it exists can be asked, and it never does',
    });
    return;
  }
  const { value } = node;
  // One star at the end is a prefix
  const isPrefix = value.kind === 'wildcard' && value.parts.length === 2 && value.parts[1] === '';
  if (field.flattenedRoot !== undefined && value.kind === 'wildcard' && !isPrefix)
    found.push(flattenedStar(field.flattenedRoot, name, value.span));
  const fault = valueFault(field, node);
  if (fault !== undefined)
    found.push({ id: 'query/type-mismatch', severity: 'error', span: node.value.span, ...fault });
  if (
    node.kind === 'is' &&
    node.value.kind === 'literal' &&
    node.value.quoted &&
    field.type !== 'text' &&
    field.type !== 'match_only_text'
  ) {
    const text = String(node.value.value);
    // A star alone in quotes is meant: it is how some events write "everything", such as the verbs of a Kubernetes role.
    if (/^\*|\*$/.test(text) && /[^*]/.test(text))
      found.push({
        id: 'query/quoted-wildcard',
        severity: 'warning',
        message: 'a star in quotes is an ordinary character',
        span: node.value.span,
        why: `only values that hold the star itself match`,
        help: 'take the quotes off to make it a wildcard, and escape special characters with a backslash',
      });
  }
}

/** Whether some field fits, be it one that only documents bring: `kubernetes.labels.*` has no members before. */
const fitsAny = (name: string, mapping: Mapping): boolean =>
  mapping.mayFit?.(name) === true || mapping.matching(name).length > 0;

const flattenedStar = (root: string, name: string, where: Span): Diagnostic => ({
  id: 'query/field-not-usable',
  severity: 'warning',
  message: `the pattern is not held against ${name} alone`,
  span: where,
  why: `${name} is a key of the flattened field ${root}, and Elasticsearch runs a star before the end of a pattern over the key and the value of each of its keys`,
  help: 'compare with whole values, or with one star at the end',
});

const isAssumed = (mapping: Mapping): boolean => mapping.field('\u0000')?.origin?.source.startsWith('assumed') === true;

function unknown(at: KqlValue, name: string, mapping: Mapping, found: Diagnostic[], seen: Set<string>): void {
  if (seen.has(name)) return;
  seen.add(name);
  const meant = at.kind === 'wildcard' ? undefined : suggest(name, mapping.names());
  found.push({
    id: 'query/unknown-field',
    severity: 'error',
    message:
      at.kind === 'wildcard'
        ? `no field of the rule's indices fits ${name}`
        : `${name} is in none of the rule's indices`,
    span: at.span,
    why: `a condition on an unmapped field matches nothing, and its negation everything (checked: ${mapping.describe().join(', ')})`,
    help: 'correct the name; a field that only your indices have can be declared in the suite under [mapping]',
    ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
  });
}

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

interface Fault {
  readonly message: string;
  readonly why: string;
  readonly help: string;
}

function valueFault(field: Field, node: KqlIs | KqlRange): Fault | undefined {
  const { value } = node;
  const { type } = field;
  const why = `${field.name} is ${article(field.typeName)}; Elasticsearch refuses the search, and the rule fails`;
  const pattern = value.kind === 'wildcard';
  if (pattern && (isNumeric(type) || type === 'ip' || type === 'date' || type === 'date_nanos' || type === 'boolean'))
    return {
      message: `a wildcard cannot be used on ${article(field.typeName)}`,
      why,
      help: type === 'ip' ? 'write a block such as 10.0.0.0/8' : 'write the value, or a range',
    };
  if (pattern) return undefined;
  const text = String(value.value);
  const shown = JSON.stringify(text);
  if (
    isNumeric(type) &&
    (node.kind === 'is' ? equalNumber(type, text, 'term') : boundNumber(type, text, 'lower', false)) === 'unreadable'
  )
    return { message: `${shown} is not a number`, why, help: 'write a number' };
  if (type === 'boolean' && text !== 'true' && text !== 'false')
    return { message: `${shown} is neither true nor false`, why, help: 'write true or false' };
  if (type === 'ip' && parseIpOrCidr(text) === undefined)
    return {
      message: `${shown} is no address`,
      why,
      help: 'write an address such as 10.0.0.1, or a block such as 10.0.0.0/8',
    };
  if (type === 'date' || type === 'date_nanos') {
    try {
      resolveDate(text, { now: 0, roundUp: false, format: field.format });
    } catch (error) {
      if (!(error instanceof DateError)) throw error;
      return { message: error.message, why, help: error.help ?? 'write an ISO date or date math such as now-7d' };
    }
  }
  return undefined;
}
