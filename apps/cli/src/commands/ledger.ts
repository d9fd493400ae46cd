import type { Locale } from '@hevd/core'
import { createLedger, type Ledger, type LedgerVerification, verifyLedger } from '@hevd/ledger'
import { logName } from '@hevd/ledger/contract'
import type { Database, Organisation, OrganisationTables } from '@hevd/postgres'
import type { ServerConfig } from '@hevd/server'
import { openInstallation } from '../open-database.ts'
import { mark, type Terminal, wrapped } from '../terminal.ts'

const words = {
  nb: {
    logs: { internal: 'intern logg', public: 'offentlig logg' },
    verifying: (done: number, of: number) => `Regner ut på nytt: ${done} av ${of} oppføringer`,
    sound: (entries: number, checkpoints: number) =>
      `${entries} oppføringer og ${checkpoints} signerte sjekkpunkter stemmer.`,
    waiting: (count: number) => `${count} bekreftede oppføringer venter på et sjekkpunkt.`,
    payloads: (opened: number) => `${opened} personopplysninger er åpnet og holdt mot loggen.`,
    notMoreThan:
      'Dette viser at loggen ikke er skrevet om. Det viser ikke at det som står der, er sant, og bare et vitne eller en leser utenfor kan si at det ikke finnes en annen logg.',
    none: 'Det finnes ingen logg her ennå. Kjør «npm start» først.',
    noEntry: (log: string, index: string) =>
      `${log} har ingen oppføring ${index} som et sjekkpunkt dekker. Loggene heter internal og public, og oppføringene telles fra 0.`,
  },
  en: {
    logs: { internal: 'internal log', public: 'public log' },
    verifying: (done: number, of: number) => `Recomputing: ${done} of ${of} entries`,
    sound: (entries: number, checkpoints: number) =>
      `${entries} entries and ${checkpoints} signed checkpoints are as they were signed.`,
    waiting: (count: number) => `${count} acknowledged entries wait for a checkpoint.`,
    payloads: (opened: number) => `${opened} personal payloads were opened and held against the log.`,
    notMoreThan:
      'This shows that the log was not rewritten. It does not show that what stands there is true, and only a witness or a reader outside can tell that there is no other log.',
    none: 'There is no log here yet. Run “npm start” first.',
    noEntry: (log: string, index: string) =>
      `${log} has no entry ${index} that a checkpoint covers. The logs are called internal and public, and entries count from 0.`,
  },
} as const

type Deps = {
  readonly config: ServerConfig
  readonly locale: Locale
  readonly terminal: Terminal
}

/** `hevd ledger verify`. Exit code: 0 sound, 1 something is wrong, 3 there is no log. */
export async function ledgerVerify(deps: Deps & { readonly json: boolean }): Promise<number> {
  const { config, locale, terminal, json } = deps
  const say = words[locale]
  return withInstallation(deps, async (db, organisations) => {
    const results: { readonly organisation: string; readonly result: LedgerVerification }[] = []
    for (const { id } of organisations) {
      const result = await verifyLedger(
        { db, home: config.home, witnesses: config.witnesses },
        id,
        (done, of) => terminal.progress(say.verifying(done, of)),
      )
      results.push({ organisation: id, result })
    }
    if (json) terminal.write(JSON.stringify(results))
    else
      for (const { result } of results)
        for (const line of verified(result, locale, terminal)) terminal.write(line)
    return results.every(({ result }) => result.kind === 'sound') ? 0 : 1
  })
}

function verified(result: LedgerVerification, locale: Locale, terminal: Terminal): string[] {
  const say = words[locale]
  if (result.kind === 'wrong') {
    const { log, words: found } = result.fault
    return [`${mark('fails', terminal)} ${say.logs[log]}`, ...wrapped(found[locale], terminal.columns, 2)]
  }
  return [
    ...result.logs.flatMap(({ log, size, checkpoints, waiting, payloads }) => [
      `${mark('holds', terminal)} ${say.logs[log]}`,
      ...wrapped(say.sound(size, checkpoints), terminal.columns, 2),
      ...(payloads.opened === 0 ? [] : wrapped(say.payloads(payloads.opened), terminal.columns, 2)),
      ...(waiting === 0 ? [] : wrapped(say.waiting(waiting), terminal.columns, 2)),
    ]),
    ...wrapped(say.notMoreThan, terminal.columns, 0),
  ]
}

/** `hevd ledger proof`: one entry's inclusion proof as JSON. */
export async function ledgerProof(
  deps: Deps & { readonly log: string; readonly index: string },
): Promise<number> {
  const { log, index, locale, terminal } = deps
  return withLedger(deps, async (ledger, organisation) => {
    const named = logName.safeParse(log)
    const proof =
      named.success && /^\d{1,15}$/.test(index)
        ? await ledger.proofAt(organisation, named.data, Number(index))
        : null
    if (proof === null) {
      console.error(words[locale].noEntry(log, index))
      return 1
    }
    terminal.write(JSON.stringify(proof, null, 2))
    return 0
  })
}

/** `hevd ledger keys`: the public keys to be known from elsewhere. */
export async function ledgerKeys(deps: Deps & { readonly json: boolean }): Promise<number> {
  const { json, locale, terminal } = deps
  return withLedger(deps, async (ledger, organisation) => {
    const states = [await ledger.state(organisation, 'public'), await ledger.state(organisation, 'internal')]
    if (json)
      terminal.write(
        JSON.stringify(states.map(({ log, origin, verifierKey }) => ({ log, origin, verifierKey }))),
      )
    else
      for (const { log, verifierKey } of states) {
        terminal.write(words[locale].logs[log])
        terminal.write(`  ${verifierKey}`)
      }
    return 0
  })
}

/** Runs with the ledger of the first organisation, opened to read. */
function withLedger(
  deps: Deps,
  run: (ledger: Ledger, organisation: string) => Promise<number>,
): Promise<number> {
  const { config } = deps
  const quiet = { info: () => {}, warn: () => {}, error: () => {} }
  return withInstallation(deps, async (db, [first]) => {
    const at = await db.now()
    const ledger = createLedger({ db, clock: { now: () => at }, home: config.home, logger: quiet })
    await ledger.open(first.id)
    try {
      return await run(ledger, first.id)
    } finally {
      await ledger.stop()
    }
  })
}

async function withInstallation(
  { config, locale }: Deps,
  run: (db: Database, organisations: readonly [Organisation, ...Organisation[]]) => Promise<number>,
): Promise<number> {
  const { db, close } = await openInstallation(config)
  try {
    const [first, ...others] = await db.system((tx) =>
      tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').selectAll().orderBy('id').execute(),
    )
    if (first === undefined) {
      console.error(words[locale].none)
      return 3
    }
    return await run(db, [first, ...others])
  } finally {
    await close()
  }
}
