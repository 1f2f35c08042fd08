/** Why nothing could be asked, said as half a sentence after "not run: ". Nobody's fault: no test is red for it. */
export class NotRun extends Error {
  override readonly name = 'NotRun';
}

/** A server that answers, but not what it was asked: it may still answer others. */
export class NoAnswer extends NotRun {}

export interface NotRunResult {
  readonly notRun: string;
}

const FILE_FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'may not be written',
  EPERM: 'may not be written',
  EROFS: 'may not be written',
  ENOSPC: 'has no space left',
  EDQUOT: 'has no space left',
  ENOTDIR: 'lies below something that is no folder',
};

/** Whether a file could not be written for want of space or permission. */
export const isFileFault = (error: unknown): boolean =>
  error instanceof Error && Object.hasOwn(FILE_FAULTS, (error as NodeJS.ErrnoException).code ?? '');

/** Reads what failed as a reason not to run; anything else is a bug and is thrown on. */
export function notRunOf(error: unknown): NotRunResult {
  if (error instanceof NotRun) return { notRun: error.message };
  const { code, path } = error as NodeJS.ErrnoException;
  const fault = error instanceof Error && code !== undefined ? FILE_FAULTS[code] : undefined;
  if (fault === undefined) throw error;
  return { notRun: `${path ?? 'the cache folder'} ${fault}` };
}

export const isNotRun = (result: object): result is NotRunResult => 'notRun' in result;
