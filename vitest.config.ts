import { defineConfig } from 'vitest/config'

/** Tests stand beside their source; each runs against real peers, so files share two workers. */
export default defineConfig({
  test: {
    include: ['{packages,modules,policy,apps,bench,checks}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['packages/testing/src/postgres-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default'],
  },
})
