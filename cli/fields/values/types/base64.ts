/**
 * Whether a text is Base64 as Jackson reads it: the usual alphabet, groups of four with padding, and white space or control
 * characters between the groups (jackson-core: ByteSourceJsonBootstrapper's Base64Variants.MIME_NO_LINEFEEDS).
 */
export function isBase64(text: string): boolean {
  for (let at = 0; at < text.length;) {
    if (text.charCodeAt(at) <= 32) at++;
    else if (GROUP.test(text.slice(at, at + 4))) at += 4;
    else return false;
  }
  return true;
}

const GROUP = /^[A-Za-z0-9+/](?:[A-Za-z0-9+/]{3}|[A-Za-z0-9+/]{2}=|[A-Za-z0-9+/]==)$/;
