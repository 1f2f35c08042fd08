import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The validators are generated; a test run on sources alone makes them first. */
export default function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, 'build.mjs'), '--validators'], { stdio: 'inherit' });
}
