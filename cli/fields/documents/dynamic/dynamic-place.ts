import type { Dynamic, IndexOptions, NewField } from '../../mapping.ts';
import { isList } from '../../values/collect.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import type { ObjectPlace } from '../object-place.ts';
import type { Place } from '../place.ts';
import type { Run } from '../run.ts';
import { kindOf } from './kind.ts';
import { templateFor, typeOf } from './templates.ts';

/** Text that nobody mapped is searched as text and as a keyword. */
const TEXT: JsonObject = { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } };

/** What a place of a name without a field needs to know of the mapping around it. */
export interface Surroundings {
  readonly options: IndexOptions;
  /** `dynamic` of the object that the name stands in. */
  readonly dynamic: Dynamic;
  /** The object that a document writes at this name. */
  object(dynamic: Dynamic): ObjectPlace;
}

/** A name that no field has, where `dynamic` makes a field of it. */
export class DynamicPlace implements Place {
  readonly #path: string;
  readonly #around: Surroundings;
  readonly #objects = new Map<Dynamic, ObjectPlace>();

  constructor(path: string, around: Surroundings) {
    this.#path = path;
    this.#around = around;
  }

  take(value: Json, run: Run): void {
    const path = this.#path;
    if (run.news === undefined || value === null || run.news.leftOut.has(path)) return;
    if (isList(value)) run.each(value, path, this);
    else if (isJsonObject(value)) this.#takeObject(value, run);
    else {
      const { options, dynamic } = this.#around;
      const { kind, format } = kindOf(value, options);
      const template = templateFor(options.dynamicTemplates ?? [], { path, name: lastOf(path), kind });
      const runtime = template?.runtime ?? dynamic === 'runtime';
      const plain: JsonObject = kind === 'string' && !runtime ? TEXT : { type: typeOf(kind, runtime) };
      const body = template?.body ?? plain;
      const dated = format !== undefined && own(body, 'type') === 'date' && own(body, 'format') === undefined;
      this.#add({ path, runtime, body: dated ? { ...body, format } : body }, value, run);
    }
  }

  #takeObject(value: JsonObject, run: Run): void {
    const path = this.#path;
    const { options, dynamic } = this.#around;
    const template = templateFor(options.dynamicTemplates ?? [], { path, name: lastOf(path), kind: 'object' });
    const body = template?.body ?? { type: 'object' };
    // With `dynamic: runtime` an object makes no field, only its values do
    if ((template !== undefined || dynamic !== 'runtime') && !this.#add({ path, runtime: false, body }, value, run))
      return;
    const type = own(body, 'type');
    if (run.news?.leftOut.has(path) === true || (type !== 'object' && type !== 'nested')) return;
    // What the template says of the object below is looked at once it is mapped
    if (own(body, 'enabled') !== undefined || own(body, 'dynamic') !== undefined) return;
    let object = this.#objects.get(dynamic);
    if (object === undefined) this.#objects.set(dynamic, (object = this.#around.object(dynamic)));
    object.take(value, run);
  }

  /** Whether the field could be made. */
  #add(field: NewField, value: Json, run: Run): boolean {
    const why = run.news?.add(field);
    if (why !== undefined) run.refuse({ path: this.#path, value, effect: 'rejected', why });
    return why === undefined;
  }
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
