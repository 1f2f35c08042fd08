/** What a parameter accepts. `constant` has to be known before data is read. */
export interface Parameter {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'ip' | 'any';
  readonly constant?: boolean;
  readonly optional?: boolean;
}

export interface Signature {
  /** As the documentation spells it; names are matched without regard to case. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** The last parameter may be repeated. */
  readonly variadic?: boolean;
  /** Whether `name~` exists. */
  readonly tilde?: boolean;
  readonly result: 'string' | 'number' | 'integer' | 'boolean';
}

const string = { type: 'string' } as const;
const number = { type: 'number' } as const;

const arithmetic = (name: string): Signature => ({ name, parameters: [number, number], result: 'number' });

/** elasticsearch: x-pack/plugin/eql/.../expression/function/EqlFunctionRegistry.java and the functions' resolveType. */
const LIST: readonly Signature[] = [
  arithmetic('add'),
  arithmetic('subtract'),
  arithmetic('multiply'),
  arithmetic('divide'),
  arithmetic('modulo'),
  {
    name: 'between',
    parameters: [string, string, string, { type: 'boolean', optional: true }],
    tilde: true,
    result: 'string',
  },
  {
    name: 'cidrMatch',
    parameters: [{ type: 'ip' }, { type: 'string', constant: true }],
    variadic: true,
    result: 'boolean',
  },
  { name: 'concat', parameters: [{ type: 'any' }], variadic: true, result: 'string' },
  { name: 'endsWith', parameters: [string, string], tilde: true, result: 'boolean' },
  { name: 'startsWith', parameters: [string, string], tilde: true, result: 'boolean' },
  { name: 'stringContains', parameters: [string, string], tilde: true, result: 'boolean' },
  {
    name: 'indexOf',
    parameters: [string, string, { type: 'integer', optional: true }],
    tilde: true,
    result: 'integer',
  },
  { name: 'length', parameters: [string], result: 'integer' },
  { name: 'number', parameters: [string, { type: 'integer', optional: true }], result: 'number' },
  { name: 'string', parameters: [{ type: 'any' }], result: 'string' },
  {
    name: 'substring',
    parameters: [string, { type: 'integer' }, { type: 'integer', optional: true }],
    result: 'string',
  },
  {
    name: 'wildcard',
    parameters: [string, { type: 'string', constant: true }],
    variadic: true,
    tilde: true,
    result: 'boolean',
  },
];

const BY_NAME: ReadonlyMap<string, Signature> = new Map(LIST.map((one) => [one.name.toLowerCase(), one]));

export const signatureOf = (name: string): Signature | undefined => BY_NAME.get(name.toLowerCase());
export const functionNames: readonly string[] = LIST.map((one) => one.name);

/** `two`, `three or four`, `at least one`: how many arguments a function takes. */
export function arity(signature: Signature): { readonly min: number; readonly max: number; readonly text: string } {
  const words = ['no', 'one', 'two', 'three', 'four'];
  const min = signature.parameters.filter((one) => one.optional !== true).length;
  const max = signature.variadic === true ? Infinity : signature.parameters.length;
  const text =
    max === Infinity
      ? `at least ${words[min] ?? min}`
      : min === max
        ? `${words[min] ?? min}`
        : `${words[min] ?? min} or ${words[max] ?? max}`;
  return { min, max, text };
}
