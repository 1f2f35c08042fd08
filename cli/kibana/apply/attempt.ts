import { RemoteError } from '../client/remote-error.ts';

/** True: the request may have been carried out although it failed; or, with 409, an earlier one was. */
const isUnsure = (error: unknown): boolean =>
  error instanceof RemoteError && (error.status === undefined || [409, 502, 503, 504].includes(error.status));

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
