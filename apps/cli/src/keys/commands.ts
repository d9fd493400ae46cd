import type { Bilingual } from '@hevd/core'
import type { Command, Option } from 'commander'
import type { AgentRun } from '../agent/commands.ts'
import { help } from '../help.ts'
import type { AskedGrant } from './grants.ts'
import { keysHelp } from './help.ts'
import type { KeysRun } from './run.ts'

type Given = { readonly server?: string; readonly user?: string; readonly json?: boolean }

/** `hevd keys …`; what it needs is loaded when it runs. */
export function keysCommands(
  program: Command,
  {
    locale,
    terminal,
    language,
    server,
  }: Pick<AgentRun, 'locale' | 'terminal'> & { readonly language: Option; readonly server: () => string },
): void {
  const say = (words: Bilingual) => words[locale]
  const keys = program
    .command('keys')
    .description(say(keysHelp.keys))
    .addHelpText('after', `\n${say(keysHelp.more)}`)

  const command = (name: string, words: Bilingual) =>
    keys
      .command(name)
      .description(say(words))
      .option('--server <url>', say(keysHelp.server))
      .option('--user <name>', say(keysHelp.user))
      .option('--json', say(help.json))
      .addOption(language)

  async function run(
    { server: url = server(), user, json = false }: Given,
    act: (with_: KeysRun) => Promise<number>,
  ) {
    const { asking } = await import('./ask.ts')
    const ask = asking(process.stdin, process.stderr)
    process.exit(await act({ server: url.replace(/\/$/, ''), user, json, ask, locale, terminal }))
  }

  command('status', keysHelp.status).action(async (given: Given) => {
    const { status } = await import('./run.ts')
    await run(given, status)
  })
  command('list', keysHelp.list).action(async (given: Given) => {
    const { list } = await import('./run.ts')
    await run(given, list)
  })
  command('show', keysHelp.show)
    .argument('<name>', say(keysHelp.name))
    .action(async (name: string, given: Given) => {
      const { show } = await import('./run.ts')
      await run(given, (with_) => show(with_, name))
    })
  command('grants', keysHelp.grants)
    .option('--all', say(keysHelp.all))
    .action(async (given: Given & { all?: boolean }) => {
      const { grants } = await import('./grants.ts')
      await run(given, (with_) => grants(with_, given.all === true))
    })
  command('ask', keysHelp.ask)
    .argument('<name>', say(keysHelp.name))
    .requiredOption('--may <operation...>', say(keysHelp.may))
    .requiredOption('--why <text>', say(keysHelp.why))
    .requiredOption('--until <date>', say(keysHelp.until))
    .option('--from <date>', say(keysHelp.from))
    .option('--account <user>', say(keysHelp.account))
    .option('--service <id>', say(keysHelp.service))
    .action(async (name: string, given: Given & Omit<AskedGrant, 'key'>) => {
      const { askForGrant } = await import('./grants.ts')
      await run(given, (with_) => askForGrant(with_, { ...given, key: name }))
    })
  for (const how of ['approve', 'refuse', 'revoke'] as const)
    command(how, keysHelp[how])
      .argument('<grant>', say(keysHelp.grant))
      .action(async (id: string, given: Given) => {
        const { decide } = await import('./grants.ts')
        await run(given, (with_) => decide(with_, how, id))
      })
  command('init', keysHelp.init)
    .option('--seal <seal>', say(keysHelp.seal), 'shares')
    .option('--threshold <count>', say(keysHelp.threshold), Number, 2)
    .option('--custodian <user...>', say(keysHelp.custodian))
    .action(async (given: Given & { seal: string; threshold: number; custodian?: string[] }) => {
      const { init } = await import('./run.ts')
      const { seal, threshold, custodian: custodians = [] } = given
      await run(given, (with_) => init(with_, { seal, threshold, custodians }))
    })
  command('share', keysHelp.share).action(async (given: Given) => {
    const { share } = await import('./run.ts')
    await run(given, share)
  })
  command('unseal', keysHelp.unseal).action(async (given: Given) => {
    const { unseal } = await import('./run.ts')
    await run(given, unseal)
  })
  command('seal', keysHelp.close).action(async (given: Given) => {
    const { seal } = await import('./run.ts')
    await run(given, seal)
  })
}
