import { readFileSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Json, JsonObject } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { walk } from '../../../text/walk.ts';
import { list, object } from '../../json.ts';
import type { VectorIndex } from './case.ts';
import { readVectors } from './read.ts';

/** What a server can be asked of one file of vectors. */
export interface VectorSuite {
  /** `dsl/eval`, the path of the file. */
  readonly name: string;
  readonly indices: readonly VectorIndex[];
  /** Texts whose tokens are compared. */
  readonly texts: readonly JsonObject[];
}

const TOKENS = 'dsl/standard_tokens';
const FILES = 'dsl/eval.json, kql/eval.json, lucene/eval.json and real/*.json';

/** The vectors below a folder, without files of other kinds. Throws a KnownError where there are none, or a file cannot be read. */
export function readFolder(folder: string): readonly VectorSuite[] {
  const stat = readable(folder, () => statSync(folder, { throwIfNoEntry: false }));
  if (stat === undefined) throw new KnownError(`${folder} does not exist`);
  if (!stat.isDirectory()) throw new KnownError(`${folder} is no folder: name the one that holds ${FILES}`);
  const suites = readable(folder, () => walk(folder, /\.json$/)).flatMap((path) => {
    const name = relative(folder, path).split(sep).join('/').slice(0, -'.json'.length);
    return readable(path, () => readSuite(name, readFileSync(path, 'utf8')));
  });
  if (suites.length === 0) throw new KnownError(`${folder} holds no vectors: they are looked for in ${FILES}`);
  return suites;
}

/** None for a file of another kind, or without vectors. */
function readSuite(name: string, content: string): readonly VectorSuite[] {
  const indices = readVectors(name, content) ?? [];
  const texts = name === TOKENS ? list(object(JSON.parse(content) as Json)['vectors']).map(object) : [];
  return indices.length === 0 && texts.length === 0 ? [] : [{ name, indices, texts }];
}

function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) throw new KnownError(`${path} is not JSON: ${error.message}`);
    const { code, path: at = path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new KnownError(`${at} cannot be read (${code})`);
  }
}
