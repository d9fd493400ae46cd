import type { Locale } from '@hevd/core'
import { parseVerifierKey } from '@hevd/tlog'
import { createWitness } from '@hevd/witness'
import type { Terminal } from '../terminal.ts'

const words = {
  nb: {
    listening: (url: string) => `Vitnet lytter på ${url}`,
    key: 'Vitnets nøkkel, for dem som ber om signaturene:',
    broke: (error: string) => `Noe gikk i stykker: ${error}`,
  },
  en: {
    listening: (url: string) => `The witness listens at ${url}`,
    key: 'The witness’s key, for those who ask for its signatures:',
    broke: (error: string) => `Something broke: ${error}`,
  },
} as const

/** `hevd ledger witness`: a C2SP witness until it is told to stop. */
export async function witness(deps: {
  readonly folder: string
  readonly name: string
  readonly listen: string
  /** Verifier keys of the logs it watches; the name in a key is the log's origin. */
  readonly log: readonly string[]
  readonly locale: Locale
  readonly terminal: Terminal
  readonly now: () => number
}): Promise<void> {
  const { folder, name, listen, log, locale, terminal, now } = deps
  const say = words[locale]
  const logs = await Promise.all(
    log.map(async (key) => ({ origin: (await parseVerifierKey(key)).name, verifierKeys: [key] })),
  )
  const running = await createWitness({
    folder,
    name,
    logs,
    clock: { now },
    failed: (error) => terminal.write(say.broke(error instanceof Error ? error.message : String(error))),
  })
  const colon = listen.lastIndexOf(':')
  const host = listen.slice(0, colon).replace(/^\[|\]$/g, '')
  const { url } = await running.listen({ host, port: Number(listen.slice(colon + 1)) })
  terminal.write(say.listening(url))
  terminal.write(say.key)
  terminal.write(`  ${running.verifierKey}`)
  await new Promise<void>((stop) => {
    process.once('SIGINT', () => stop())
    process.once('SIGTERM', () => stop())
  })
  await running.close()
}
