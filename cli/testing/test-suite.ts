import { testRule } from '../engine/test-rule.ts';
import type { RuleFile } from '../rule/rule.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Finding } from '../text/diagnostic.ts';
import type { SuiteEntry, SuiteFiles } from './files.ts';
import type { SuiteResult } from './result.ts';
import { runSuite } from './run-suite.ts';

/** For tests only: what a path holds; `link` stands for a symbolic link. */
export type Contents = Readonly<Record<string, string | Uint8Array | { readonly link: true }>>;

/** For tests only: a file system of plain records. */
export function memoryFiles(contents: Contents): SuiteFiles {
  const isLink = (one: Contents[string]): one is { readonly link: true } =>
    typeof one !== 'string' && !(one instanceof Uint8Array);
  return {
    read: (path) => {
      const found = Object.hasOwn(contents, path) ? contents[path] : undefined;
      if (found === undefined || isLink(found)) return undefined;
      return typeof found === 'string' ? Buffer.from(found) : found;
    },
    list: (folder) => {
      const entries = new Map<string, SuiteEntry>();
      for (const [path, one] of Object.entries(contents)) {
        if (!path.startsWith(`${folder}/`)) continue;
        const [name = '', ...rest] = path.slice(folder.length + 1).split('/');
        entries.set(name, { name, kind: rest.length > 0 ? 'folder' : isLink(one) ? 'link' : 'file' });
      }
      return entries.size === 0 ? undefined : [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

export const FOLDER = 'test-data/test';
export const CURL: RuleFile = testRule('query = "process.name: curl"');

/** For tests only: runs the suite that the files below `test-data/test` make, without any demands unless asked for. */
export function runTestSuite(
  contents: Contents,
  more: { readonly file?: RuleFile; readonly minimum?: number } = {},
): SuiteResult {
  const file = more.file ?? CURL;
  if (file.rule === undefined) throw new Error('no rule');
  const inside = Object.fromEntries(Object.entries(contents).map(([path, one]) => [`${FOLDER}/${path}`, one]));
  return runSuite(file, file.rule, FOLDER, {
    files: memoryFiles(inside),
    demands: { minPositive: more.minimum ?? 0, minNegative: more.minimum ?? 0 },
    now: Date.UTC(2026, 0, 31, 12),
  });
}

/** Findings as a person reads them: id, place, marked text, message, label. */
export const findingsOf = (result: SuiteResult, contents: Contents): unknown[] =>
  result.findings.map((one: Finding) => {
    const text = contents[one.path.replace(`${FOLDER}/`, '')];
    const source = new SourceFile(one.path, typeof text === 'string' ? text : '');
    const { line } = source.position(one.span.start);
    return [
      one.id,
      `${one.path.replace(`${FOLDER}/`, '')}:${line}`,
      source.text.slice(one.span.start, one.span.end),
      one.message,
      ...(one.label === undefined ? [] : [one.label]),
    ];
  });

/** Name, kind and status of each case. */
export const casesOf = (result: SuiteResult): string[] =>
  result.cases.map((one) => `${one.name} ${one.kind} ${one.status}: ${one.got}`);
