import { MappedText } from '../../text/mapped-text.ts';

const CONTROL: Readonly<Record<string, string>> = {
  b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', '\\': '\\', e: '\u001b',
}; // prettier-ignore

/**
 * Decodes the TOML string between `start` and `end` of a file, quotes included, and keeps the place of each character:
 * through escapes, a first line break that does not count, `\` at a line's end, and CRLF, which counts as one line feed.
 */
export function decodeString(file: string, start: number, end: number): MappedText {
  const quote = file[start] ?? '"';
  const multi = file.startsWith(quote.repeat(3), start);
  const width = multi ? 3 : 1;
  const stop = end - width;
  let at = start + width;
  if (multi) {
    if (file.startsWith('\r\n', at)) at += 2;
    else if (file[at] === '\n') at++;
  }
  const written = file.slice(at, stop);
  if (!written.includes('\r') && (quote === "'" || !written.includes('\\'))) return MappedText.verbatim(written, at);
  let text = '';
  const anchors: number[] = [0, at];
  const anchor = (): void => {
    anchors.push(text.length, at);
  };
  const escapes = quote === '"';
  while (at < stop) {
    const character = file[at] ?? '';
    if (character === '\r' && file[at + 1] === '\n') {
      text += '\n';
      at += 2;
      anchor();
    } else if (escapes && character === '\\') {
      const next = file[at + 1] ?? '';
      const digits = next === 'u' ? 4 : next === 'U' ? 8 : next === 'x' ? 2 : 0;
      if (digits > 0) {
        const code = parseInt(file.slice(at + 2, at + 2 + digits), 16);
        text += code <= 0x10ffff ? String.fromCodePoint(code) : '';
        at += 2 + digits;
      } else if (Object.hasOwn(CONTROL, next)) {
        text += CONTROL[next] ?? '';
        at += 2;
      } else {
        at++;
        while (at < stop && /[ \t\r\n]/.test(file[at] ?? '')) at++;
      }
      anchor();
    } else {
      text += character;
      at++;
    }
  }
  return new MappedText(text, anchors, stop);
}
