import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { packageRoot } from '../text/package-root.ts';
import { requestKills } from './faults/kills.ts';
import { sampleOf } from './faults/sample.ts';

it('a process that is killed with SIGKILL at a request leaves what the same command finishes', async () => {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const kills = await requestKills(['--import', tsx, join(packageRoot(), 'cli/commands/dac.ts')]);
  expect(kills.length).toBeGreaterThan(200);
  for (const { name, fault } of sampleOf(kills, 3, 7)) expect([name, await fault()]).toEqual([name, undefined]);
}, 120_000);
