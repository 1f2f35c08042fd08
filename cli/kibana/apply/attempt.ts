import { RemoteError } from '../../remote/remote-error.ts';

/**
 * True: the request may have been carried out although it failed: no answer, one of a proxy, one that breaks off. With 409 an
 * earlier request was.
 */
function isUnsure(error: unknown): boolean {
  if (!(error instanceof RemoteError)) return false;
  const { status } = error;
  return status === undefined || status < 300 || [409, 502, 503, 504].includes(status);
}

/**
 * Makes something that must not be made twice. When it is not known whether the request was carried out, what is there is
 * read: `settled` judges it (it throws if it is not ours), and only if nothing is there the request is sent once more.
 */
export async function makeOnce<T>(
  make: () => Promise<T>,
  read: () => Promise<T | undefined>,
  settled: (there: T) => void,
): Promise<{ readonly made: T; readonly already: boolean }> {
  try {
    return { made: await make(), already: false };
  } catch (error) {
    if (!isUnsure(error)) throw error;
    const there = await read();
    if (there !== undefined) {
      settled(there);
      return { made: there, already: true };
    }
    if (error instanceof RemoteError && error.status === 409) throw error;
    return { made: await make(), already: false };
  }
}
