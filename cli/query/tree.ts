import type { Query, Scalar } from './algebra/query.ts';
import { isLoneWildcard, type KqlNode, type KqlValue } from './kql/ast.ts';
import { occurrences, type LuceneGroup, type LuceneNode, type Occur } from './lucene/ast.ts';

/** A syntax tree to be read by people: each node says in a few words what it is. */
export interface Tree {
  readonly label: string;
  readonly children: readonly Tree[];
}

const leaf = (label: string): Tree => ({ label, children: [] });
const quoted = (text: string): string => JSON.stringify(text);

function kqlValue(value: KqlValue): string {
  if (isLoneWildcard(value)) return 'any value';
  if (value.kind === 'wildcard')
    return `wildcard ${value.parts.map((part) => (part === '' ? '' : quoted(part))).join('*')}`;
  if (typeof value.value !== 'string') return String(value.value);
  return value.quoted ? `phrase ${quoted(value.value)}` : quoted(value.value);
}

function kqlField(field: KqlValue): string {
  if (field.kind === 'wildcard') return isLoneWildcard(field) ? 'any field' : field.parts.join('*');
  return field.value === null ? 'any field' : String(field.value);
}

const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** The tree of a KQL query as Kibana parses it. */
export function kqlTree(node: KqlNode): Tree {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { label: node.kind, children: node.children.map(kqlTree) };
    case 'not':
      return { label: 'not', children: [kqlTree(node.child)] };
    case 'nested':
      return { label: `nested ${kqlField(node.path)}`, children: [kqlTree(node.child)] };
    case 'is':
      return leaf(`${kqlField(node.field)}: ${kqlValue(node.value)}`);
    case 'range':
      return leaf(`${kqlField(node.field)} ${SIGNS[node.operator]} ${kqlValue(node.value)}`);
  }
}

const OCCURS: Readonly<Record<Occur, string>> = { required: '+ ', optional: '', prohibited: '- ' };

/** The tree of a Lucene query, each clause with the sign that Lucene gives it: `+` required, `-` prohibited, none optional. */
export function luceneTree(group: LuceneGroup, defaultOperator: 'and' | 'or' = 'or'): Tree {
  const signs = occurrences(group.clauses, defaultOperator);
  const children = group.clauses.map(({ node }, index): Tree => {
    const tree = luceneNode(node, defaultOperator);
    return { ...tree, label: `${OCCURS[signs[index] ?? 'optional']}${tree.label}` };
  });
  const [only] = children;
  const single = group.clauses.length === 1 && group.clauses[0]?.modifier === undefined && group.field === undefined;
  if (single && only !== undefined) return only;
  return { label: `${group.field === undefined ? '' : `${group.field}: `}clauses`, children };
}

function luceneNode(node: LuceneNode, defaultOperator: 'and' | 'or'): Tree {
  const field = node.field === undefined ? '' : `${node.field}: `;
  switch (node.kind) {
    case 'group':
      return luceneTree(node, defaultOperator);
    case 'text':
      return leaf(`${field}${quoted(node.text)}`);
    case 'phrase':
      return leaf(`${field}phrase ${quoted(node.text)}${node.slop === undefined ? '' : ` within ${node.slop}`}`);
    case 'prefix':
      return leaf(`${field}prefix ${quoted(node.text)}`);
    case 'wildcard':
      return leaf(`${field}wildcard ${node.pattern}`);
    case 'star':
      return leaf(node.field === undefined || node.field === '*' ? 'everything' : `${field}any value`);
    case 'regexp':
      return leaf(`${field}regexp /${node.pattern}/`);
    case 'fuzzy':
      return leaf(`${field}fuzzy ${quoted(node.text)}${node.edits === '' ? '' : ` within ${node.edits}`}`);
    case 'range': {
      const low = node.low === undefined ? '*' : quoted(node.low);
      const high = node.high === undefined ? '*' : quoted(node.high);
      return leaf(`${field}range ${node.includeLow ? '[' : '{'}${low} TO ${high}${node.includeHigh ? ']' : '}'}`);
    }
  }
}

const shown = (value: Scalar): string => (typeof value === 'string' ? quoted(value) : String(value));

/** The tree of a query as it is run. */
export function algebraTree(query: Query): Tree {
  switch (query.kind) {
    case 'bool':
      return {
        label: `bool${query.minimumShouldMatch === undefined ? '' : `, at least ${query.minimumShouldMatch}`}`,
        children: (
          [
            ['must', query.must],
            ['filter', query.filter],
            ['should', query.should],
            ['must_not', query.mustNot],
          ] as const
        ).flatMap(([label, list]) =>
          list === undefined || list.length === 0 ? [] : [{ label, children: list.map(algebraTree) }],
        ),
      };
    case 'dis_max':
      return { label: 'any of', children: query.queries.map(algebraTree) };
    case 'nested':
      return { label: `nested ${query.path}`, children: [algebraTree(query.query)] };
    case 'constant_score':
      return { label: 'constant score', children: [algebraTree(query.query)] };
    case 'function_score':
      return { label: 'function score', children: [query.query, ...query.filters].map(algebraTree) };
    case 'boosting':
      return {
        label: 'boosting',
        children: [
          algebraTree(query.positive),
          { label: 'negative, which lowers the score', children: [algebraTree(query.negative)] },
        ],
      };
    case 'term':
      return leaf(`${query.field}: term ${shown(query.value)}${query.caseInsensitive === true ? ', any case' : ''}`);
    case 'terms':
      return leaf(`${query.field}: one of ${query.values.map(shown).join(', ')}`);
    case 'wildcard':
      return leaf(
        `${query.field}: wildcard ${quoted(query.pattern)}${query.caseInsensitive === true ? ', any case' : ''}`,
      );
    case 'prefix':
      return leaf(`${query.field}: prefix ${quoted(query.value)}`);
    case 'fuzzy':
      return leaf(`${query.field}: fuzzy ${quoted(query.value)}`);
    case 'regexp':
      return leaf(`${query.field}: regexp ${quoted(query.pattern)}`);
    case 'range':
      return leaf(
        `${query.field}: range${(['gt', 'gte', 'lt', 'lte'] as const)
          .map((key) => (query[key] === undefined ? '' : ` ${SIGNS[key]} ${shown(query[key])}`))
          .join('')}`,
      );
    case 'exists':
      return leaf(`${query.field}: any value`);
    case 'ids':
      return leaf(`_id: one of ${query.values.map(quoted).join(', ')}`);
    case 'match':
    case 'match_phrase':
    case 'match_phrase_prefix':
    case 'match_bool_prefix':
      return leaf(`${query.field}: ${query.kind} ${shown(query.query)}`);
    case 'multi_match':
      return leaf(`${query.fields?.join(', ') ?? 'any field'}: ${query.type} ${shown(query.query)}`);
    case 'query_string':
      return leaf(
        `${query.fields?.join(', ') ?? query.defaultField ?? 'any field'}: query_string ${quoted(query.query)}`,
      );
    case 'simple_query_string':
      return leaf(`${query.fields?.join(', ') ?? 'any field'}: simple_query_string ${quoted(query.query)}`);
    case 'script':
      return leaf(`script ${query.text}`);
    case 'match_all':
      return leaf('everything');
    case 'match_none':
      return leaf(`nothing${query.reason === undefined ? '' : ` (${query.reason})`}`);
  }
}
