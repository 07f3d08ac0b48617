import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'build/**/*.test.ts', 'web/src/**/*.test.ts'],
    globalSetup: ['tests/browser/unpack-browser.ts', 'tests/postgres/global-setup.ts'],
    // Real servers, processes and disks: slow on a busy machine is not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
});
