import { withoutCommands } from '../report/workflow-commands.ts';
import { visible } from '../text/display.ts';
import { KnownError } from '../text/known-error.ts';
import { packageVersion } from '../text/package-root.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';

/** Messages hold what files, arguments and servers say: none of it speaks to the terminal or to a workflow. */
const harmless = (text: string): string => withoutCommands(visible(text));

/** `error: path:line:column: what`, then why and what to do. */
export function printError(host: Host, error: KnownError): void {
  const { place } = error;
  const line = place?.line === undefined ? '' : `:${place.line}:${place.column ?? 1}`;
  const where = place?.path === undefined ? '' : `${place.path}${line}: `;
  const why = error.why === undefined ? '' : `  why: ${error.why}\n`;
  const help = error.help === undefined || error.help === '' ? '' : `  help: ${error.help}\n`;
  host.err(harmless(`error: ${where}${error.message}\n${why}${help}`));
}

/** Says what was thrown, and with which code the program ends. Anything but a known error is a bug of ours. */
export function reportFailure(host: Host, error: unknown, debug: boolean): ExitCode {
  if (error instanceof KnownError) {
    printError(host, error);
    if (debug)
      host.err(harmless(`${error.stack ?? ''}\n${error.cause instanceof Error ? `${error.cause.stack ?? ''}\n` : ''}`));
    return error.kind === 'remote' ? 3 : 2;
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const detail = debug && error instanceof Error ? (error.stack ?? text) : text;
  host.err(
    harmless(
      `error: this is a bug in dac ${packageVersion()} (node ${process.version}, ${process.platform})\n` +
        `  ${detail}\n` +
        `  help: ${debug ? 'please report it with the text above' : 'run it again with --debug and report what it prints'}\n`,
    ),
  );
  return 2;
}
