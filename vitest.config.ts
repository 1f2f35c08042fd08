import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['cli/**/*.test.ts'],
    isolate: false,
    globalSetup: ['cli/build/test-setup.ts'],
    setupFiles: ['cli/proof/contract/setup.ts'],
    // The first run of a command loads its modules, which takes seconds on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { NO_COLOR: '1', TZ: 'UTC' },
  },
});
