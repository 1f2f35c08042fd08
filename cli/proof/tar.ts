import { gunzipSync } from 'node:zlib';

export interface TarFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The regular files of a tar archive (ustar, with GNU and pax long names), plain or packed with gzip. */
export function readTar(packed: Uint8Array): TarFile[] {
  const bytes =
    packed[0] === 0x1f && packed[1] === 0x8b ? gunzipSync(packed, { maxOutputLength: 1 << 30 }) : Buffer.from(packed);
  const files: TarFile[] = [];
  let long: string | undefined;
  for (let at = 0; at + 512 <= bytes.length;) {
    const field = (from: number, length: number): string =>
      bytes.toString('utf8', at + from, at + from + length).replace(/\0[\s\S]*$/, '');
    const name = field(0, 100);
    if (name === '') break;
    const size = parseInt(field(124, 12).trim() || '0', 8);
    const type = field(156, 1);
    const content = bytes.subarray(at + 512, at + 512 + size);
    if (type === 'L') long = content.toString('utf8').replace(/\0[\s\S]*$/, '');
    else if (type === 'x') long = /\d+ path=([^\n]+)\n/.exec(content.toString('utf8'))?.[1] ?? long;
    else {
      const prefix = field(345, 155);
      if (type === '0' || type === '')
        files.push({ path: long ?? (prefix === '' ? name : `${prefix}/${name}`), bytes: content });
      long = undefined;
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
