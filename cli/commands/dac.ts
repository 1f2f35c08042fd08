#!/usr/bin/env node
import { packageVersion } from '../text/package-root.ts';

/** `--version` is answered before anything else is loaded. */
if (process.argv[2] === '--version' && process.argv.length === 3) process.stdout.write(`${packageVersion()}\n`);
else {
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv);
}
