import { join } from 'node:path'
import { type Bilingual, type Locale, locales } from '@hevd/core'
import { readConfig } from '@hevd/server'
import { Command, Option } from 'commander'
import { wallClock } from './clock.ts'
import { check } from './commands/check.ts'
import { doctor } from './commands/doctor.ts'
import { ledgerKeys, ledgerProof, ledgerVerify } from './commands/ledger.ts'
import { policyRead } from './commands/policy-read.ts'
import { up } from './commands/up.ts'
import { verifyPage } from './commands/verify.ts'
import { witness } from './commands/witness.ts'
import { environment } from './config.ts'
import { wordsOf } from './errors.ts'
import { help } from './help.ts'
import { languageOf } from './language.ts'
import { terminalOf } from './terminal.ts'
import { version } from './version.ts'

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
    const stopping = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (stopping.signal.aborted) process.exit(couldNotRun)
        stopping.abort()
      })
    await up({ config: config(), locale, terminal, environment, newLink, stopping: stopping.signal })
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
    process.exit(await check({ folder, json, locale, terminal }))
  })

program
  .command('verify')
  .argument('<url>', say(help.url))
  .description(say(help.verify))
  .option('--key <key>', say(help.key))
  .option('--state <file>', say(help.state))
  .option('--witness <key...>', say(help.witnessKey))
  .option('--json', say(help.json))
  .addOption(language)
  .addHelpText('after', `\n${say(help.verifyMore)}`)
  .action(
    async (url: string, options: { key?: string; state?: string; json?: boolean; witness?: string[] }) => {
      const { witness: witnessKeys = [], ...rest } = options
      const { home } = config()
      process.exit(await verifyPage({ url, ...rest, witnessKeys, home, locale, terminal, now: wallClock }))
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
    process.exitCode = await policyRead({ json: false, ...options, file, locale, terminal })
  })

const ledger = program.command('ledger').description(say(help.ledger))
ledger
  .command('verify')
  .description(say(help.ledgerVerify))
  .option('--json', say(help.json))
  .addOption(language)
  .action(async ({ json = false }: { json?: boolean }) => {
    process.exit(await ledgerVerify({ config: config(), json, locale, terminal }))
  })
ledger
  .command('proof')
  .argument('<log>', say(help.log))
  .argument('<index>', say(help.index))
  .description(say(help.ledgerProof))
  .addOption(language)
  .action(async (log: string, index: string) => {
    process.exit(await ledgerProof({ config: config(), log, index, locale, terminal }))
  })
ledger
  .command('keys')
  .description(say(help.ledgerKeys))
  .option('--json', say(help.json))
  .addOption(language)
  .action(async ({ json = false }: { json?: boolean }) => {
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
    await witness({ ...options, locale, terminal, now: wallClock })
  })

program
  .command('doctor')
  .description(say(help.doctor))
  .option('--json', say(help.json))
  .addOption(language)
  .action(async ({ json = false }: { json?: boolean }) => {
    process.exit(await doctor({ config: config(), json, locale, terminal }))
  })

program.parseAsync().catch((error: unknown) => {
  const words = wordsOf(error)
  console.error(words?.[locale] ?? (error instanceof Error ? error.stack : String(error)))
  process.exit(couldNotRun)
})
