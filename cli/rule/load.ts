import type { Diagnostic } from '../text/diagnostic.ts';
import { isJsonObject, own, type JsonObject } from '../text/json.ts';
import { SourceFile } from '../text/source-file.ts';
import { span } from '../text/span.ts';
import { decodeRule } from './decode.ts';
import type { Rule, RuleBody, RuleFile, RuleMetadata } from './rule.ts';
import { parseToml, type TomlDocument } from './toml/document.ts';
import { RULE } from './kinds/rule.ts';
import { validate } from './validate.ts';
import { lockedVersion, type VersionLock } from './version-lock.ts';

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
  const text = decodeRule(content);
  if (typeof text !== 'string') return unreadableRuleFile(path, text.id, text.message, text.help);
  const document = parseToml(new SourceFile(path, text));
  const base = {
    path,
    source: document.source,
    keySpan: document.keySpan,
    valueSpan: document.valueSpan,
    text: document.text,
  };
  if (document.data === undefined) return { ...base, problems: document.problems };
  const problems = validate(RULE, document);
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
