#!/usr/bin/env node
import { packageVersion } from '../text/package-root.ts';

/** `--version` is answered before anything else is loaded. */
if (process.argv[2] === '--version' && process.argv.length === 3) process.stdout.write(`${packageVersion()}\n`);
else {
  const { optimiseLate } = await import('./late-optimisation.ts');
  optimiseLate();
  const { processHost } = await import('./host.ts');
  const { main } = await import('./main.ts');
  // A reader that has seen enough (`| head`) ends the program without a word.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  // No process.exit: what is still on its way to a pipe is written first.
  process.exitCode = await main(process.argv.slice(2), processHost());
}
