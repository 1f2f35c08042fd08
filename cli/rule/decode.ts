/** A thousand times the longest real rule. */
const MAX_BYTES = 10 * 1024 * 1024;

/** One for all files: making a decoder takes longer than decoding a rule. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Why the bytes of a file are no text that could be a rule. */
export interface DecodeFault {
  readonly id: 'file/not-text' | 'file/too-large';
  readonly message: string;
  readonly help: string;
}

/** The text of a rule file, with a byte order mark if it has one, or why there is none. A text is taken as it is. */
export function decodeRule(content: Uint8Array | string): string | DecodeFault {
  if (content.length > MAX_BYTES)
    return {
      id: 'file/too-large',
      message: `the file has ${(content.length / 1_048_576).toFixed(0)} MiB, 10 are the limit`,
      help: 'a rule is a few kilobytes of text; is this the right file?',
    };
  if (typeof content === 'string') return content;
  if (content.subarray(0, 8192).includes(0))
    return {
      id: 'file/not-text',
      message: 'this is a binary file, not TOML',
      help: 'take it out of the folder of the rules',
    };
  try {
    return UTF8.decode(content);
  } catch {
    return { id: 'file/not-text', message: 'the file is not valid UTF-8', help: 'save it as UTF-8' };
  }
}
