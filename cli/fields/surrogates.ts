/** Half of a surrogate pair alone, which JSON can write and UTF-8 cannot. */
const LONE = /\p{Surrogate}/gu;

const replaced = (text: string, by: string): string => (text.isWellFormed() ? text : text.replace(LONE, by));

/** A text as terms, and what is looked for, are encoded: U+FFFD for each half (lucene: UnicodeUtil.java UTF16toUTF8). */
export const wellFormed = (text: string): string => replaced(text, '\ufffd');

/** A value as a keyword is encoded: a question mark for each half (Java's String.getBytes). */
export const keywordBytes = (text: string): string => replaced(text, '?');
