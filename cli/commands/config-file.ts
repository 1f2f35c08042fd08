import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseToml } from '../rule/toml/document.ts';
import { CONFIG } from '../rule/kinds/config.ts';
import { validate } from '../rule/validate.ts';
import type { JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Span } from '../text/span.ts';
import { gitRoot } from './git.ts';
import { shown, type Host } from './host.ts';
import { isReadFault, readRegular } from './read-file.ts';

/** A dac.toml that fits the schema. */
export interface ConfigFile {
  readonly path: string;
  readonly data: JsonObject;
  readonly source: SourceFile;
  /** Where a key stands, or its nearest ancestor that is in the file. */
  keySpan(pointer: readonly (string | number)[]): Span;
  lineOf(pointer: readonly (string | number)[]): number;
}

const MAX_BYTES = 1024 * 1024;

/** Reads and checks one dac.toml. Throws a KnownError at the first fault: nothing may run under a misread configuration. */
export function readConfigFile(host: Host, full: string): ConfigFile {
  const path = shown(host, full);
  const bytes = readRegular(full, MAX_BYTES);
  if (isReadFault(bytes)) throw new KnownError(bytes.message, { place: { path }, help: bytes.help });
  const document = parseToml(new SourceFile(path, new TextDecoder().decode(bytes)));
  const [fault] = document.data === undefined ? document.problems : validate(CONFIG, document);
  if (fault !== undefined)
    throw new KnownError(fault.label === undefined ? fault.message : `${fault.message}: ${fault.label}`, {
      place: { path, ...document.source.position(fault.span.start) },
      ...(fault.help === undefined ? {} : { help: fault.help }),
    });
  return {
    path,
    data: document.data ?? {},
    source: document.source,
    keySpan: (pointer) => document.keySpan(pointer),
    lineOf: (pointer) => document.source.position(document.keySpan(pointer).start).line,
  };
}

/** The nearest dac.toml at or above a folder, not above the root of the repository. */
export function nearestConfigFile(from: string): string | undefined {
  const top = gitRoot(from);
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'dac.toml');
    if (existsSync(candidate) && statSync(candidate).isFile()) return candidate;
    if (folder === top || dirname(folder) === folder) return undefined;
  }
}
