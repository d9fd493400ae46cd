import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Bilingual, type Locale, locales } from '@hevd/core'
import { readConfig } from '@hevd/server/config'
import { Command, Option } from 'commander'
import { agentCommands } from './agent/commands.ts'
import { backupsCommands } from './backups/commands.ts'
import { wallClock } from './clock.ts'
import { environment } from './config.ts'
import { dataCommands } from './data-scan/commands.ts'
import { wordsOf } from './errors.ts'
import { help } from './help.ts'
import { keysCommands } from './keys/commands.ts'
import { languageOf } from './language.ts'
import { stopping } from './stopping.ts'
import { terminalOf } from './terminal.ts'
import { version } from './version.ts'

/** Each command loads what it needs when it is run: help must not wait for the server's code. */
const couldNotRun = 2
const asked = process.argv.find((_, index, all) => all[index - 1] === '--lang')
const locale: Locale = languageOf(asked, environment)
const say = (words: Bilingual) => words[locale]
const terminal = terminalOf(process.stdout, process.stderr, environment)
const config = () => readConfig(environment, process.getuid?.() === 0)
const language = new Option('--lang <language>', say(help.lang)).choices([...locales])

const program = new Command('hevd')
  .description(say(help.hevd))
  .version(version)
  .addOption(language)
  .addHelpText('after', `\n${say(help.examples)}`)
  .showHelpAfterError(say(help.afterError))

program
  .command('up')
  .description(say(help.up))
  .option('--new-link', say(help.newLink))
  .addOption(language)
  .addHelpText('after', `\n${say(help.upMore)}`)
  .action(async ({ newLink = false }: { newLink?: boolean }) => {
    const stop = stopping()
    const { up } = await import('./commands/up.ts')
    await up({ config: config(), locale, terminal, environment, newLink, stopping: stop })
    process.exit(0)
  })

program
  .command('check')
  .description(say(help.check))
  .option('--json', say(help.json))
  .addOption(language)
  .addHelpText('after', `\n${say(help.checkMore)}`)
  .action(async ({ json = false }: { json?: boolean }) => {
    const folder = join(config().home, 'agent')
    const { check } = await import('./commands/check.ts')
    process.exit(await check({ folder, json, locale, terminal }))
  })

program
  .command('verify')
  .argument('<url-or-file>', say(help.url))
  .description(say(help.verify))
  .option('--key <key>', say(help.key))
  .option('--state <file>', say(help.state))
  .option('--witness <key...>', say(help.witnessKey))
  .option('--json', say(help.json))
  .addOption(language)
  .addHelpText('after', `\n${say(help.verifyMore)}`)
  .action(
    async (what: string, options: { key?: string; state?: string; json?: boolean; witness?: string[] }) => {
      const { witness: witnessKeys = [], ...rest } = options
      if (what.endsWith('.zip') || existsSync(what)) {
        const { verifyFile } = await import('./commands/verify-file.ts')
        process.exit(await verifyFile({ path: what, ...rest, witnessKeys, locale, terminal }))
      }
      const { home } = config()
      const { verifyPage } = await import('./commands/verify.ts')
      process.exit(
        await verifyPage({ url: what, ...rest, witnessKeys, home, locale, terminal, now: wallClock }),
      )
    },
  )

program
  .command('policy')
  .description(say(help.policy))
  .command('read')
  .argument('<file>', say(help.policyFile))
  .description(say(help.policyRead))
  .addOption(new Option('--language <language>', say(help.policyLanguage)).choices([...locales]))
  .option('--json', say(help.json))
  .addOption(language)
  .addHelpText('after', `\n${say(help.policyReadMore)}`)
  .action(async (file: string, options: { language?: Locale; json?: boolean }) => {
    const { policyRead } = await import('./commands/policy-read.ts')
    process.exitCode = await policyRead({ json: false, ...options, file, locale, terminal })
  })

dataCommands(program, { locale, terminal, language })
backupsCommands(program, { locale, terminal, language, config })
keysCommands(program, { locale, terminal, language, server: () => localOrigin(config()) })
agentCommands(program, { locale, terminal, language, home: () => config().home })

const ledger = program.command('ledger').description(say(help.ledger))
ledger
  .command('verify')
  .description(say(help.ledgerVerify))
  .option('--json', say(help.json))
  .addOption(language)
  .action(async ({ json = false }: { json?: boolean }) => {
    const { ledgerVerify } = await import('./commands/ledger.ts')
    process.exit(await ledgerVerify({ config: config(), json, locale, terminal }))
  })
ledger
  .command('proof')
  .argument('<log>', say(help.log))
  .argument('<index>', say(help.index))
  .description(say(help.ledgerProof))
  .addOption(language)
  .action(async (log: string, index: string) => {
    const { ledgerProof } = await import('./commands/ledger.ts')
    process.exit(await ledgerProof({ config: config(), log, index, locale, terminal }))
  })
ledger
  .command('keys')
  .description(say(help.ledgerKeys))
  .option('--json', say(help.json))
  .addOption(language)
  .action(async ({ json = false }: { json?: boolean }) => {
    const { ledgerKeys } = await import('./commands/ledger.ts')
    process.exit(await ledgerKeys({ config: config(), json, locale, terminal }))
  })
ledger
  .command('witness')
  .description(say(help.witness))
  .requiredOption('--folder <folder>', say(help.witnessFolder))
  .option('--name <name>', say(help.witnessName), 'witness')
  .option('--listen <address:port>', say(help.witnessListen), '127.0.0.1:4384')
  .requiredOption('--log <verifier-key...>', say(help.witnessLog))
  .addOption(language)
  .addHelpText('after', `\n${say(help.witnessMore)}`)
  .action(async (options: { folder: string; name: string; listen: string; log: string[] }) => {
    const { witness } = await import('./commands/witness.ts')
    await witness({ ...options, locale, terminal, now: wallClock })
  })

program
  .command('erase')
  .description(say(help.erase))
  .command('finish')
  .description(say(help.eraseFinish))
  .addOption(language)
  .addHelpText('after', `\n${say(help.eraseFinishMore)}`)
  .action(async () => {
    const { eraseFinish } = await import('./commands/erase.ts')
    process.exit(await eraseFinish({ config: config(), locale, terminal }))
  })

program
  .command('doctor')
  .description(say(help.doctor))
  .option('--json', say(help.json))
  .addOption(language)
  .action(async ({ json = false }: { json?: boolean }) => {
    const { doctor } = await import('./commands/doctor.ts')
    process.exit(await doctor({ config: config(), json, locale, terminal }))
  })

/** Where the server of this machine answers. */
function localOrigin({ address, port, tls }: ReturnType<typeof config>): string {
  const host = address.includes(':') ? `[${address}]` : address
  return `${tls === null ? 'http' : 'https'}://${host}:${port}`
}

program.parseAsync().catch((error: unknown) => {
  const words = wordsOf(error)
  console.error(words?.[locale] ?? (error instanceof Error ? error.stack : String(error)))
  process.exit(couldNotRun)
})
