import { hash } from 'node:crypto';
import type { Mapping } from '../fields/mapping.ts';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import type { Rule, RuleFile } from '../rule/rule.ts';
import { KnownError } from '../text/known-error.ts';
import type { Config } from './configuration.ts';
import type { Host } from './host.ts';
import { suiteFilesOf, suiteOf } from './suite-files.ts';

/** The mappings of rules, with the fields that their suites declare. */
export interface RuleMappings {
  readonly mappingOf: (rule: Rule, path: string) => Mapping;
  /** Hash of what the mapping of a rule depends on beside its file; undefined: nothing. */
  readonly digestOf: (path: string) => string | undefined;
}

/** Reads what the suites of some rules declare. A suite that cannot be read declares nothing; its run says why. */
export async function ruleMappings(host: Host, config: Config, files: readonly RuleFile[]): Promise<RuleMappings> {
  const suites = suiteFilesOf(host, config.tests);
  const folderOf = suiteOf(host, config);
  const digests = new Map<string, string>();
  const declared = new Map<string, Mapping>();
  for (const { path } of files) {
    const suite = `${folderOf(path)}/suite.toml`;
    const bytes = readable(() => suites.read(suite));
    // Few suites declare fields, and only for those is all that reads a suite needed.
    if (bytes === undefined || !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('mapping'))
      continue;
    const { declaredMapping } = await import('../testing/declared-mapping.ts');
    const mapping = declaredMapping(suite, bytes);
    if (mapping === undefined) continue;
    declared.set(path, mapping);
    digests.set(path, hash('sha256', bytes, 'hex'));
  }
  return {
    mappingOf: (rule, path) => {
      const own = declared.get(path);
      return mappingForRule(rule, { stack: config.stack, ...(own === undefined ? {} : { declared: own }) });
    },
    digestOf: (path) => digests.get(path),
  };
}

function readable(read: () => Uint8Array | undefined): Uint8Array | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof KnownError) return undefined;
    throw error;
  }
}
