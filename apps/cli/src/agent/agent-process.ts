import { readAgentConfig, runAgent } from '@hevd/agent'
import { environment } from '../config.ts'

/** The agent for this host beside its server: ends when whoever started it ends, however that is. */
const stopping = new AbortController()
process.stdin.on('end', () => stopping.abort()).resume()
process.on('SIGTERM', () => stopping.abort())
// The terminal's Ctrl C reaches us too; our parent says when to end.
process.on('SIGINT', () => {})
// Who reads what we say may be gone before us; ending in order matters more.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
await runAgent({ config: readAgentConfig(environment, process.getuid?.() === 0), signal: stopping.signal })
process.exit(0)
