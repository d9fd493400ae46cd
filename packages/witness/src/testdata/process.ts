import { createWitness } from '../index.ts'

/** A witness in a process of its own, to be killed: prints its address and key, and serves until then. */
const [folder = '', name = '', origin = '', verifierKey = ''] = process.argv.slice(2)
const witness = await createWitness({
  folder,
  name,
  logs: [{ origin, verifierKeys: [verifierKey] }],
  clock: { now: () => Date.now() },
})
const { url } = await witness.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${JSON.stringify({ url, verifierKey: witness.verifierKey })}\n`)
