import { hash } from 'node:crypto';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { JsonObject } from '../text/json.ts';
import type { MappedText } from '../text/mapped-text.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Span } from '../text/span.ts';
import { decodeRule } from './decode.ts';
import type { Pointer, Rule, RuleFile } from './rule.ts';

/** A rule file whose bytes are there, and which is parsed when somebody asks for what it says. */
export class LazyRuleFile implements RuleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly #load: () => RuleFile;
  #file: RuleFile | undefined;
  #source: SourceFile | undefined;

  constructor(path: string, bytes: Uint8Array, load: () => RuleFile) {
    this.path = path;
    this.bytes = bytes;
    this.#load = load;
  }

  get #loaded(): RuleFile {
    return (this.#file ??= this.#load());
  }

  get digest(): string {
    return hash('sha1', this.bytes, 'base64');
  }

  /** The text alone takes no parsing: reports of findings that are known already need only this. */
  get source(): SourceFile {
    if (this.#file !== undefined) return this.#file.source;
    if (this.#source === undefined) {
      const text = decodeRule(this.bytes);
      this.#source = new SourceFile(this.path, typeof text === 'string' ? text : '');
    }
    return this.#source;
  }

  get document(): JsonObject | undefined {
    return this.#loaded.document;
  }
  get rule(): Rule | undefined {
    return this.#loaded.rule;
  }
  get problems(): readonly Diagnostic[] {
    return this.#loaded.problems;
  }
  keySpan = (pointer: Pointer): Span => this.#loaded.keySpan(pointer);
  valueSpan = (pointer: Pointer): Span => this.#loaded.valueSpan(pointer);
  text = (pointer: Pointer): MappedText | undefined => this.#loaded.text(pointer);
}
