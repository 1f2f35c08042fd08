/**
 * What a server lacks, by the words in which it refuses a mapping or settings: a type, tokenizer or filter of a module that it
 * does not have. Undefined: it knows all names, and refuses something else.
 */
export function lacks(refusal: string): string | undefined {
  for (const pattern of LACKS) {
    const found = pattern.exec(refusal);
    if (found !== null) return found.groups?.['name'] ?? undefined;
  }
  return undefined;
}

const LACKS: readonly RegExp[] = [
  /The mapper type (?<name>\[[^\]]*\]) declared on field .* does not exist/,
  /No handler for type (?<name>\[[^\]]*\]) declared on field/,
  /Unknown (?<name>(?:char_filter|filter|tokenizer|analyzer|normalizer) type \[[^\]]*\])/,
  /failed to find (?:global )?(?<name>(?:char_filter|filter|tokenizer|analyzer|normalizer)[^\]]*\])/,
];
