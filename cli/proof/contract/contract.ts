import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { headersOf } from '../../kibana/standin/server.ts';
import type { Exchange } from '../../kibana/standin/index.ts';
import { list, object, text } from '../json.ts';
import { isOfHttpLayer } from './known.ts';
import { resolved, withJsonSchemas } from './schemas.ts';

/** How an exchange breaks the contract. */
export interface Violation {
  /** Such as `PUT /api/detection_engine/rules`, as the contract writes the path. */
  readonly route: string;
  readonly status: number;
  /** What of the exchange: `request`, `query`, `path`, `response`, `line`, or `status` and `route` that are not known. */
  readonly part: 'route' | 'status' | 'path' | 'query' | 'request' | 'response' | 'line';
  /** JSON pointer within the part, or the name of a parameter. */
  readonly pointer: string;
  readonly message: string;
}

export const inWords = ({ route, status, part, pointer, message }: Violation): string =>
  `${route} ${status}: ${part}${pointer === '' ? '' : ` ${pointer}`} ${message}`;

const FORMATS: Readonly<Record<string, RegExp | true>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  nonempty: /\S/,
  'date-math': /^(now|\d{4}-)/,
  binary: true,
};

/** What a line of a download is, by its members, and the schema of the contract for it. */
const LINES: readonly (readonly [member: string, schema: string])[] = [
  ['item_id', 'Security_Exceptions_API_ExceptionListItem'],
  ['rule_id', 'Security_Detections_API_RuleResponse'],
  ['list_id', 'Security_Exceptions_API_ExceptionList'],
];

interface Operation {
  readonly route: string;
  /** Pointer into the document, without `#`. */
  readonly pointer: string;
  readonly operation: JsonObject;
  readonly parameters: Readonly<Record<string, string>>;
}

const escaped = (step: string): string => step.replace(/~/g, '~0').replace(/\//g, '~1');

/** Holds exchanges against an OpenAPI 3.0 document. Schemas are compiled when they are first needed. */
export class Contract {
  readonly #document: JsonObject;
  readonly #paths: readonly (readonly [path: string, segments: readonly string[]])[];
  readonly #ajv: Ajv;
  /** By pointer: to look one up in the whole document takes longer than to use it. */
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: JsonObject) {
    this.#document = withJsonSchemas(document);
    // A path without {} wins over one with it.
    this.#paths = Object.keys(object(document['paths']))
      .sort((a, b) => Number(a.includes('{')) - Number(b.includes('{')))
      .map((path) => [path, path.split('/')]);
    this.#ajv = new Ajv({ strict: false, allErrors: false, logger: false, formats: FORMATS });
    this.#ajv.addSchema({ ...this.#document, $id: 'contract' });
  }

  /** `fromClient`: the request must hold even if it was refused; another only if it was answered with a success. */
  violations(exchange: Exchange, fromClient: boolean): readonly Violation[] {
    const { reply, method, path } = exchange;
    const found = this.#find(method, path);
    const succeeded = reply.status >= 200 && reply.status < 300;
    if (found === undefined)
      // A test may ask for what is not there; it must not be given anything.
      return fromClient || succeeded
        ? [{ route: `${method} ${path}`, status: reply.status, part: 'route', pointer: '', message: 'is not known' }]
        : [];
    return [
      ...(fromClient ? this.#surplus(exchange, found) : []),
      ...(fromClient || succeeded ? this.#request(exchange, found) : []),
      ...this.#response(exchange, found),
    ].map((one) => ({
      ...one,
      route: found.route,
      status: reply.status,
    }));
  }

  #find(method: string, path: string): Operation | undefined {
    const segments = path.split('/');
    for (const [template, wanted] of this.#paths) {
      if (wanted.length !== segments.length) continue;
      const parameters: Record<string, string> = {};
      const fits = wanted.every((one, at) => {
        const segment = segments[at] ?? '';
        if (!one.startsWith('{')) return one === segment;
        parameters[one.slice(1, -1)] = decoded(segment);
        return segment !== '';
      });
      const verb = method.toLowerCase();
      const operation = own(object(own(object(this.#document['paths']), template)), verb);
      if (fits && isJsonObject(operation))
        return {
          route: `${method} ${template}`,
          pointer: `/paths/${escaped(template)}/${verb}`,
          operation,
          parameters,
        };
    }
    return undefined;
  }

  #check(pointer: string, value: Json): readonly ErrorObject[] {
    let validate = this.#compiled.get(pointer);
    if (validate === undefined) {
      validate = this.#ajv.getSchema(`contract#${pointer.replace(/[{}%]/g, encodeURIComponent)}`);
      if (validate === undefined) throw new Error(`the contract has no schema at ${pointer}`);
      this.#compiled.set(pointer, validate);
    }
    return validate(value) === true ? [] : (validate.errors ?? []);
  }

  #body(part: Violation['part'], pointer: string, value: Json): Found[] {
    const errors = this.#check(pointer, value);
    if (errors.length === 0) return [];
    const worst = deepest(errors);
    return [{ part, pointer: worst.instancePath, message: said(worst, value) }];
  }

  /** What Kibana would leave aside without a word, so that the client would rely on nothing. */
  #surplus({ query, body, hasFile }: Exchange, { operation }: Operation): Found[] {
    const parameters = list(operation['parameters']).map((one) => resolved(this.#document, object(one)));
    const names = new Set(parameters.filter((one) => one['in'] === 'query').map((one) => text(one['name'])));
    const unknown = [...new Set(query.keys())].filter((name) => !names.has(name));
    return [
      ...unknown.map((pointer): Found => ({ part: 'query', pointer, message: 'is not known' })),
      ...((body !== undefined || hasFile) && own(operation, 'requestBody') === undefined
        ? [{ part: 'request', pointer: '', message: 'has a body, and the route takes none' } as const]
        : []),
    ];
  }

  #request(exchange: Exchange, { operation, pointer, parameters }: Operation): Found[] {
    const found: Found[] = [];
    for (const [at, written] of list(operation['parameters']).entries()) {
      const reference = own(object(written), '$ref');
      const parameter = resolved(this.#document, object(written));
      const schema = typeof reference === 'string' ? reference.slice(1) : `${pointer}/parameters/${at}`;
      const name = text(parameter['name']);
      const where = text(parameter['in']);
      const values =
        where === 'query'
          ? exchange.query.getAll(name)
          : where === 'path'
            ? [parameters[name] ?? '']
            : [exchange.headers[name.toLowerCase()] ?? []].flat();
      const part = where === 'path' ? 'path' : where === 'query' ? 'query' : 'request';
      if (values.length === 0) {
        if (parameter['required'] === true) found.push({ part, pointer: name, message: 'is missing' });
      } else if (
        own(parameter, 'schema') !== undefined &&
        !meanings(values).some((value) => this.#check(`${schema}/schema`, value).length === 0)
      )
        found.push({ part, pointer: name, message: `is ${shown(values)}, which its schema refuses` });
    }
    return [...found, ...this.#requestBody(exchange, operation, pointer)];
  }

  #requestBody(exchange: Exchange, operation: JsonObject, pointer: string): Found[] {
    const { wasRead, body, hasFile, headers } = exchange;
    if (!wasRead) return [];
    const declared = own(operation, 'requestBody');
    const wrong = (message: string): Found[] => [{ part: 'request', pointer: '', message }];
    const empty = body === undefined && !hasFile;
    if (!isJsonObject(declared)) return [];
    if (empty) return declared['required'] === true ? wrong('has no body') : [];
    const content = object(declared['content']);
    const type = mediaType(headers['content-type'] ?? '');
    if (own(content, type) === undefined)
      return wrong(`is ${type}; the route takes ${Object.keys(content).join(', ')}`);
    if (body === undefined || own(object(content[type]), 'schema') === undefined) return [];
    return this.#body('request', `${pointer}/requestBody/content/${escaped(type)}/schema`, body);
  }

  #response({ reply, text: sent }: Exchange, { operation, pointer }: Operation): Found[] {
    const responses = object(operation['responses']);
    const key = [String(reply.status), 'default'].find((one) => own(responses, one) !== undefined);
    if (key === undefined)
      return isOfHttpLayer(reply.status, reply.body) ? [] : [{ part: 'status', pointer: '', message: 'is not known' }];
    const written = object(responses[key]);
    const reference = own(written, '$ref');
    const at = typeof reference === 'string' ? reference.slice(1) : `${pointer}/responses/${key}`;
    const content = own(resolved(this.#document, written), 'content');
    // A route that says nothing of its answer promises nothing.
    if (!isJsonObject(content)) return [];
    const type = mediaType(headersOf(reply)['content-type'] ?? '');
    if (own(content, type) === undefined)
      return [
        { part: 'response', pointer: '', message: `is ${type}; the contract has ${Object.keys(content).join(', ')}` },
      ];
    if (own(object(content[type]), 'schema') === undefined) return [];
    if (type === 'application/ndjson') return this.#lines(sent);
    return this.#body('response', `${at}/content/${escaped(type)}/schema`, JSON.parse(sent) as Json);
  }

  /** The contract calls a download bytes; its lines are things that it has schemas for. */
  #lines(sent: string): Found[] {
    const schemas = object(object(this.#document['components'])['schemas']);
    return sent.split('\n').flatMap((line) => {
      const value = /^\s*\{/.test(line) ? (JSON.parse(line) as Json) : null;
      const kind = isJsonObject(value) ? LINES.find(([member]) => own(value, member) !== undefined) : undefined;
      if (kind === undefined || own(schemas, kind[1]) === undefined) return [];
      return this.#body('line', `/components/schemas/${kind[1]}`, value);
    });
  }
}

type Found = Pick<Violation, 'part' | 'pointer' | 'message'>;

/** A segment of a path; one that cannot be decoded as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const mediaType = (header: string): string => (header.split(';')[0] ?? '').trim().toLowerCase();

/** What values of a query string can mean: text, a number or a boolean, one or several; an empty one is 0 as a number. */
function meanings(values: readonly string[]): readonly Json[] {
  const plain = (value: string): Json => {
    if (value === '') return 0;
    return /^(true|false|-?\d+(\.\d+)?)$/.test(value) ? (JSON.parse(value) as Json) : value;
  };
  const [first = ''] = values;
  const one: readonly Json[] = values.length === 1 ? [first, plain(first), first.split(',')] : [];
  return [...one, values, values.map(plain)];
}

/** Of what every branch of a union says, what was found deepest in the value. */
function deepest(errors: readonly ErrorObject[]): ErrorObject {
  const plain = errors.filter(({ keyword }) => !['anyOf', 'oneOf', 'if'].includes(keyword));
  const depth = ({ instancePath }: ErrorObject): number => instancePath.split('/').length;
  const [first, ...rest] = plain.length > 0 ? plain : errors;
  if (first === undefined) throw new Error('no error');
  return rest.reduce((best, one) => (depth(one) > depth(best) ? one : best), first);
}

const shown = (value: Json): string => {
  const written = JSON.stringify(value);
  return written.length > 120 ? `${written.slice(0, 119)}…` : written;
};

function said({ instancePath, message = 'is refused', params }: ErrorObject, value: Json): string {
  let at: Json | undefined = value;
  for (const step of instancePath.split('/').slice(1)) {
    const key = step.replace(/~1/g, '/').replace(/~0/g, '~');
    at = Array.isArray(at) ? (at as readonly Json[])[Number(key)] : isJsonObject(at) ? own(at, key) : undefined;
  }
  const allowed = own(object(params), 'allowedValues');
  const more = allowed === undefined ? own(object(params), 'additionalProperty') : allowed;
  return `is ${shown(at ?? null)}: ${message}${more === undefined ? '' : ` (${shown(more)})`}`;
}
