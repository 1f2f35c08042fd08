import type { Diagnostic } from '../text/diagnostic.ts';
import { isJsonObject, own, type JsonObject } from '../text/json.ts';
import { SourceFile } from '../text/source-file.ts';
import { span } from '../text/span.ts';
import type { Rule, RuleBody, RuleFile, RuleMetadata } from './rule.ts';
import { parseToml, type TomlDocument } from './toml/document.ts';
import { validate } from './validate.ts';
import { lockedVersion, type VersionLock } from './version-lock.ts';

/** A thousand times the longest real rule. */
const MAX_BYTES = 10 * 1024 * 1024;

export interface LoadOptions {
  /** Versions of rules whose files have none. */
  readonly lock?: VersionLock;
}

/** A rule file that was never parsed: one problem, and no place in it. */
export function unreadableRuleFile(path: string, id: string, message: string, help: string): RuleFile {
  const source = new SourceFile(path, '');
  const problem: Diagnostic = {
    id,
    severity: 'error',
    message,
    span: span(0, 0),
    why: 'nothing in the file was checked',
    help,
  };
  const nowhere = span(0, 0);
  return { path, source, problems: [problem], keySpan: () => nowhere, valueSpan: () => nowhere, text: () => undefined };
}

/**
 * Reads a rule file. Never throws for what the file holds: a file that is not text, not TOML or not a rule has problems,
 * each at its place, and no `rule`.
 */
export function loadRuleFile(path: string, content: Uint8Array | string, options: LoadOptions = {}): RuleFile {
  if (content.length > MAX_BYTES)
    return unreadableRuleFile(
      path,
      'file/too-large',
      `the file has ${(content.length / 1_048_576).toFixed(0)} MiB, 10 are the limit`,
      'a rule is a few kilobytes of text; is this the right file?',
    );
  let text: string;
  if (typeof content === 'string') text = content;
  else {
    if (content.subarray(0, 8192).includes(0))
      return unreadableRuleFile(
        path,
        'file/not-text',
        'this is a binary file, not TOML',
        'take it out of the folder of the rules',
      );
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    } catch {
      return unreadableRuleFile(path, 'file/not-text', 'the file is not valid UTF-8', 'save it as UTF-8');
    }
  }
  const document = parseToml(new SourceFile(path, text));
  const base = {
    path,
    source: document.source,
    keySpan: document.keySpan,
    valueSpan: document.valueSpan,
    text: document.text,
  };
  if (document.data === undefined) return { ...base, problems: document.problems };
  const problems = validate('rule', document);
  if (problems.length > 0) return { ...base, document: document.data, problems };
  return { ...base, document: document.data, rule: ruleOf(document, options.lock), problems };
}

/** The schema has let the document through, which is what the types of the parts say. */
function ruleOf(document: TomlDocument, lock: VersionLock | undefined): Rule {
  const data = document.data ?? {};
  const metadata = own(data, 'metadata') as unknown as RuleMetadata;
  const body = own(data, 'rule') as unknown as RuleBody;
  const transform = own(data, 'transform');
  const locked = lock === undefined ? undefined : lockedVersion(lock, body.rule_id);
  const version = body.version ?? locked;
  return {
    metadata,
    body,
    ...(isJsonObject(transform) ? { transform: transform satisfies JsonObject } : {}),
    ...(version === undefined ? {} : { version, versionSource: body.version === undefined ? 'lock' : 'file' }),
  };
}
