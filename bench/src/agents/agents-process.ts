import { lookAtNothingElse, runRemoteAgent } from '@hevd/agent'
import { madeCollectors } from './made-host.ts'
import type { FromAgents } from './messages.ts'

/**
 * The agents of several made hosts in one process: `node agents-process.ts <interval> <folder>…`. Each is the agent of a
 * host that has joined, with its own spool, sender and connection; its collectors alone are made. Ends on SIGTERM.
 */
const [interval = '', ...folders] = process.argv.slice(2)
const stopping = new AbortController()
process.once('SIGTERM', () => stopping.abort())
process.once('disconnect', () => process.exit(1))
const look = { ...lookAtNothingElse, probing: false }
const tell = (message: FromAgents) => process.send?.(message)

await Promise.all(
  folders.map((folder) =>
    runRemoteAgent({
      // The limits are of a process: they hold for all of them here.
      config: { folder, server: '', look, limits: { processor: 4, memory: 8192, nice: 10 } },
      signal: stopping.signal,
      log: (event) => tell({ kind: 'said', event }),
      look: madeCollectors(folder, interval, (revision) => {
        tell({ kind: 'looked', folder, revision, at: Date.now() })
      }),
    }),
  ),
)
process.exit(0)
