import type { IndexOptions, NewField } from '../../mapping.ts';
import { isJsonObject, own, type JsonObject } from '../../../text/json.ts';

const LIMIT = 1000;
const DEPTH_LIMIT = 20;

/** How many fields the body of a field makes. */
const sizeOf = (body: JsonObject): number => {
  const fields = own(body, 'fields');
  return 1 + (isJsonObject(fields) ? Object.keys(fields).length : 0);
};

const isObject = ({ body }: NewField): boolean => own(body, 'type') === 'object' || own(body, 'type') === 'nested';

/**
 * The fields that dynamic mapping makes of one document. All values of the document have to make the same of a name
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/DocumentParserContext.java addDynamicMapper).
 */
export class NewFields {
  readonly #options: IndexOptions;
  /** How many fields the mapping has already. */
  #size: number;
  readonly #made = new Map<string, NewField>();
  /** Names for which the index has no room: they are ignored, and all below them. */
  readonly #leftOut: Set<string>;

  constructor(options: IndexOptions, size: number, leftOut: Set<string>) {
    this.#options = options;
    this.#size = size;
    this.#leftOut = leftOut;
  }

  get made(): readonly NewField[] {
    return [...this.#made.values()];
  }

  get leftOut(): ReadonlySet<string> {
    return this.#leftOut;
  }

  /** Adds a field, or says why the document is refused, half a sentence. */
  add(field: NewField): string | undefined {
    const { path, body, runtime } = field;
    const before = this.#made.get(path);
    if (before !== undefined) {
      // Of runtime fields the last one stays
      if (JSON.stringify(before) !== JSON.stringify(field) && !(before.runtime && runtime))
        return `a value of another kind than the one before it in the document: ${typeName(before)} and ${typeName(field)}`; // prettier-ignore
      if (runtime) this.#made.set(path, field);
      return undefined;
    }
    const { totalFieldsLimit = LIMIT, ignoreDynamicBeyondLimit, depthLimit = DEPTH_LIMIT } = this.#options;
    const { fieldNameLengthLimit = Infinity } = this.#options;
    const size = sizeOf(body);
    if (this.#size + size > totalFieldsLimit) {
      if (ignoreDynamicBeyondLimit !== true) return `a new field, and the index has room for ${totalFieldsLimit}`;
      this.#leftOut.add(path);
      return undefined;
    }
    const names = path.split('.');
    if (isObject(field) && !runtime && names.length >= depthLimit)
      return `a new object, deeper than the ${depthLimit} levels that a mapping may have`;
    if ((names.at(-1) ?? '').length > fieldNameLengthLimit)
      return `a new field with a name of more than ${fieldNameLengthLimit} characters`;
    this.#size += size;
    this.#made.set(path, field);
    return undefined;
  }
}

const typeName = ({ body }: NewField): string => {
  const type = own(body, 'type');
  return typeof type === 'string' ? type : 'object';
};
