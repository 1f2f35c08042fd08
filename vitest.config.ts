import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['cli/**/*.test.ts'],
    isolate: false,
    globalSetup: ['cli/build/test-setup.ts'],
    env: { NO_COLOR: '1', TZ: 'UTC' },
  },
});
