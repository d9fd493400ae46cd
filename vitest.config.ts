import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, begun first so that the last one does not run alone at the end. */
const longest = [
  'apps/console/src/screens.test.ts',
  'apps/cli/src/up.test.ts',
  'apps/console/src/walkthrough.test.ts',
  'apps/cli/src/commands.test.ts',
  'apps/console/src/use.test.ts',
  'packages/postgres/src/supervisor/supervise.test.ts',
  'apps/cli/src/clock.test.ts',
  'apps/cli/src/agent/remote-agents.test.ts',
  'apps/console/src/amending.test.ts',
  'apps/server/src/erasure.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((path) => moduleId.endsWith(`/${path}`))
      return place < 0 ? longest.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

/** Tests stand beside their source; each runs against real peers, so files share two workers. */
export default defineConfig({
  test: {
    include: ['{packages,modules,policy,apps,bench,checks}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['packages/testing/src/postgres-setup.ts'],
    /** Programs of ours that tests start are compiled once. */
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/tests') },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // A worker keeps the modules it has loaded: half the processor time of most files is loading the same ones.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    reporters: ['default'],
  },
})
