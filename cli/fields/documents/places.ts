import type { Dynamic, Field, Mapping } from '../mapping.ts';
import { isMetadataField } from '../metadata-fields.ts';
import { DocCountPlace } from './doc-count.ts';
import { DynamicPlace } from './dynamic/dynamic-place.ts';
import { fieldPlace, type Closeness } from './field-place.ts';
import { FlatPlace, type FlatNames } from './flat-place.ts';
import { isBlank, isMetadataName, namesOf } from './names.ts';
import { ObjectPlace } from './object-place.ts';
import { Below, RefusedPlace, RuntimePlace, SKIPPED, UnwritablePlace, type Place } from './place.ts';
import { pointOf } from '../values/types/range-value.ts';

const OWN_NAME = 'a name that Elasticsearch keeps for itself at the top of a document';

/** The places of one mapping, each made when a document first has something there. */
export class Places {
  readonly mapping: Mapping;
  readonly root: ObjectPlace;
  readonly #closeness: Closeness;
  readonly #known = new Map<string, Place>();

  constructor(mapping: Mapping, closeness: Closeness = 'all') {
    this.mapping = mapping;
    this.#closeness = closeness;
    const { dynamic = 'false', subobjects } = mapping.options ?? {};
    this.root = this.#object('', dynamic, { typeName: 'object' }, subobjects === false);
  }

  #object(path: string, dynamic: Dynamic, type: Pick<Field, 'typeName' | 'open'>, flat: boolean): ObjectPlace {
    const member = (object: ObjectPlace, key: string): Place => this.#member(object, key);
    return flat
      ? new FlatPlace(this.#flatNames(path, dynamic), member, path, dynamic, type)
      : new ObjectPlace(member, path, dynamic, type, this.mapping.options?.nestedObjectsLimit);
  }

  /** What a key of an object stands for. */
  #member(object: ObjectPlace, key: string): Place {
    const names = namesOf(key);
    if ('fault' in names) return new RefusedPlace(object.below(key), names.fault);
    return this.#reach(object, names.parts);
  }

  #reach(from: ObjectPlace, parts: readonly string[]): Place {
    let place: Place = from;
    for (const [at, name] of parts.entries()) {
      const rest = parts.slice(at).join('.');
      if (place instanceof FlatPlace) {
        const flat = place;
        return { take: (value, run) => flat.write(rest, value, run) };
      }
      if (!(place instanceof ObjectPlace)) return place === SKIPPED ? place : new Below(place, rest);
      place = this.#child(place, name);
    }
    return place;
  }

  #child(object: ObjectPlace, name: string): Place {
    const path = object.below(name);
    let place = this.#known.get(path);
    if (place === undefined) this.#known.set(path, (place = this.#make(object, path, name)));
    return place;
  }

  #make(object: ObjectPlace, path: string, name: string): Place {
    if (object.path === '' && isMetadataName(name)) return new UnwritablePlace(path, OWN_NAME);
    if (path === '_doc_count') return new DocCountPlace();
    const found = isMetadataField(path) ? undefined : this.mapping.field(path);
    const field = found?.shadowed ?? found;
    if (field === undefined || field.runtime === true) return this.#unknown(object.dynamic, path, field);
    if (field.type !== 'object' && field.type !== 'nested') return this.#field(field);
    if (field.disabled === true || isAssumed(field)) return SKIPPED;
    return this.#object(path, field.dynamic ?? object.dynamic, field, field.subobjects === false);
  }

  /** The place of a field that holds values, or stands for one that does. */
  #field(field: Field, copies = true): Place {
    if (field.disabled === true || field.unread === true || isAssumed(field)) return SKIPPED;
    // What an index may make anything of refuses no document
    if (this.#closeness === 'refusals' && field.open === true) return SKIPPED;
    if (field.type === 'alias') return new UnwritablePlace(field.name, 'an alias, to which nothing is written');
    const targets = copies ? (field.copyTo ?? []).map((name) => this.#target(name)) : [];
    return fieldPlace(field, this.mapping, targets, this.#closeness);
  }

  /** A name that no field of the index has; `runtime`: the runtime field of that name. */
  #unknown(dynamic: Dynamic, path: string, runtime: Field | undefined): Place {
    if (dynamic === 'false') return SKIPPED;
    const place =
      dynamic === 'strict'
        ? new RefusedPlace(path, 'unknown to the mapping, whose dynamic is strict')
        : new DynamicPlace(path, {
            options: this.mapping.options ?? {},
            dynamic,
            object: (inherited) => this.#object(path, inherited, { typeName: 'object' }, false),
          });
    return runtime === undefined ? place : new RuntimePlace(path, place);
  }

  /** What `copy_to` fills; what is copied is not copied on. */
  #target(name: string): Place {
    const parts = name.split('.');
    let { dynamic } = this.root;
    for (let end = 1; end <= parts.length; end++) {
      const path = parts.slice(0, end).join('.');
      const found = this.mapping.field(path);
      const field = found?.shadowed ?? found;
      if (field === undefined || field.runtime === true) return this.#unknown(dynamic, name, undefined);
      dynamic = field.dynamic ?? dynamic;
      if (field.type === 'object' || field.type === 'nested') continue;
      const place = this.#field(field, false);
      return end === parts.length ? place : new Below(place, parts.slice(end).join('.'));
    }
    return SKIPPED;
  }

  #flatNames(path: string, dynamic: Dynamic): FlatNames {
    const full = (name: string): string => (path === '' ? name : `${path}.${name}`);
    const known = new Map<string, Place | undefined>();
    // A name with dots has no objects above it here, though the mapping lists them for queries
    const fieldOf = (name: string): Field | undefined => {
      const field = this.mapping.field(full(name));
      return field?.type === 'object' || field?.flattenedRoot !== undefined || field?.runtime === true ? undefined : field; // prettier-ignore
    };
    const placeOf = (name: string): Place | undefined => {
      if (known.has(name)) return known.get(name);
      const field = fieldOf(name);
      const place = field === undefined ? undefined : this.#field(field);
      known.set(name, place);
      return place;
    };
    return {
      fault: (key) =>
        key === '' || isBlank(key)
          ? new RefusedPlace(full(key), key === '' ? 'a name without a character' : 'a name of white space only')
          : path === '' && isMetadataName(key)
            ? new UnwritablePlace(key, OWN_NAME)
            : undefined,
      field: (name) => placeOf(name) ?? SKIPPED,
      takesObjects: (name) => {
        const type = fieldOf(name)?.type;
        return type !== undefined && (type === 'flattened' || type === 'geo_point' || pointOf(type) !== undefined);
      },
      unknown: (name) => (placeOf(name) === undefined ? this.#unknown(dynamic, full(name), undefined) : undefined),
    };
  }
}

/** A field that is only supposed to be there takes anything. */
const isAssumed = ({ origin }: Field): boolean => origin?.source.startsWith('assumed') === true;
