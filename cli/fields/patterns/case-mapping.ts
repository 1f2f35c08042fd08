/** Unicode's simple case mappings, one code point to one, as Java's Character.toUpperCase and toLowerCase have them. */
export const upperCaseOf = (code: number): number => simple(code, String.fromCodePoint(code).toUpperCase());

export const lowerCaseOf = (code: number): number =>
  code === DOTTED_I ? 0x69 : simple(code, String.fromCodePoint(code).toLowerCase());

/** The host maps it to `i` and a combining dot. */
const DOTTED_I = 0x130;

/** The host gives full mappings: where those have several letters, the simple one is the title case or the letter itself. */
function simple(code: number, mapped: string): number {
  const first = mapped.codePointAt(0) ?? code;
  return mapped.length === (first > 0xffff ? 2 : 1) ? first : titleCaseOf(code);
}

/** Greek small letters with iota below: their capitals stand eight code points further. */
function titleCaseOf(code: number): number {
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return code + 9;
  const rows = (code >= 0x1f80 && code <= 0x1f97) || (code >= 0x1fa0 && code <= 0x1fa7);
  return rows && (code & 8) === 0 ? code + 8 : code;
}
