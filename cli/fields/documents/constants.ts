/**
 * The values of the constants of one index whose mapping gives none: the first document that has a value sets it for all
 * (elasticsearch:x-pack/plugin/mapper-constant-keyword/src/main/java/org/elasticsearch/xpack/constantkeyword/mapper/
 * ConstantKeywordFieldMapper.java parseCreateField).
 */
export class Constants {
  readonly #kept = new Map<string, string>();
  readonly #proposed = new Map<string, string>();

  /** Those that are set. */
  get kept(): ReadonlyMap<string, string> {
    return this.#kept;
  }

  of(path: string): string | undefined {
    return this.#kept.get(path) ?? this.#proposed.get(path);
  }

  /** Sets a constant, should the document be taken. */
  propose(path: string, value: string): void {
    this.#proposed.set(path, value);
  }

  /** The document is taken, or refused. */
  settle(taken: boolean): void {
    if (taken) for (const [path, value] of this.#proposed) this.#kept.set(path, value);
    this.#proposed.clear();
  }
}
