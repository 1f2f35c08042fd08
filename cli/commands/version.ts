import { DEFAULT_STACK, ecsFor } from '../fields/tables/ecs.ts';
import { packageVersion } from '../text/package-root.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';

/** `dac version [--json]`. */
export function version(host: Host, options: { readonly json?: boolean }): ExitCode {
  const about = {
    name: 'kibana-dac',
    version: packageVersion(),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    stack: DEFAULT_STACK,
    ecs: ecsFor(DEFAULT_STACK).version,
  };
  host.out(options.json === true ? `${JSON.stringify(about, null, 2)}\n` : `${about.version}\n`);
  return 0;
}
