import { runAgent } from './agent.ts'
import { ownAgentConfig } from './config.ts'
import { AgentError } from './errors.ts'

/** `node apps/agent/src/main.ts`: runs until SIGTERM or SIGINT. Exits 1, with why, when it cannot begin. */
const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
try {
  await runAgent({ config: ownAgentConfig(), signal: stopping.signal })
} catch (error) {
  if (!(error instanceof AgentError)) throw error
  process.stderr.write(`${error.words.nb}\n${error.words.en}\n`)
  process.exitCode = 1
}
