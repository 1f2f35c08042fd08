import { closeSync, openSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Seconds without use after which a node that a run started ends by itself. */
export const IDLE_SECONDS = 600;
const TOUCH_MILLIS = 20_000;

const fileOf = (folder: string): string => join(folder, 'lease');

/** Writes after how many seconds without use the node in a folder ends; 0: never. */
export function writeLease(folder: string, seconds: number): void {
  writeFileSync(`${fileOf(folder)}.new`, String(seconds));
  renameSync(`${fileOf(folder)}.new`, fileOf(folder));
}

/** Touches the lease until the function that comes back is called. */
export function holdLease(folder: string): () => void {
  const touch = (): void => {
    try {
      // Never made anew: a node that was told to end keeps to it.
      closeSync(openSync(fileOf(folder), 'r+'));
      utimesSync(fileOf(folder), new Date(), new Date());
    } catch {
      // The node has ended; whoever asks it next is told so.
    }
  };
  touch();
  const timer = setInterval(touch, TOUCH_MILLIS);
  timer.unref();
  return () => {
    clearInterval(timer);
    touch();
  };
}
