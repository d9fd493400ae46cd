import { join, resolve } from 'node:path'
import type { Bilingual, Locale } from '@hevd/core'
import type { Command, Option } from 'commander'
import { help } from '../help.ts'
import { stopping } from '../stopping.ts'
import type { Terminal } from '../terminal.ts'
import { agentHelp } from './help.ts'

export type AgentCommands = {
  readonly locale: Locale
  readonly terminal: Terminal
  readonly language: Option
  /** `<HEVD_HOME>`; read when a command runs. */
  readonly home: () => string
}

/** What each of the commands is run with. */
export type AgentRun = Pick<AgentCommands, 'locale' | 'terminal'> & {
  readonly home: string
  /** `<HEVD_HOME>/agent`. */
  readonly folder: string
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal
}

const launcher = resolve(import.meta.dirname, '../../bin/hevd.mjs')

/** `hevd agent …`: join, run, status, leave, unit. Each loads the agent's code when it runs, so that help need not. */
export function agentCommands(program: Command, given: AgentCommands): void {
  const { locale, terminal, language } = given
  const say = (words: Bilingual) => words[locale]
  const run = (): AgentRun => {
    const home = given.home()
    return { locale, terminal, home, folder: join(home, 'agent'), signal: stopping() }
  }
  const agent = program.command('agent').description(say(agentHelp.agent))

  agent
    .command('join')
    .argument('<url>', say(agentHelp.server))
    .argument('<token>', say(agentHelp.token))
    .description(say(agentHelp.join))
    .option('--name <name>', say(agentHelp.name))
    .addOption(language)
    .addHelpText('after', `\n${say(agentHelp.joinMore)}`)
    .action(async (server: string, token: string, { name }: { name?: string }) => {
      const { joinAs } = await import('./actions.ts')
      process.exit(await joinAs(run(), server, token, name ?? null))
    })

  agent
    .command('run')
    .description(say(agentHelp.run))
    .addOption(language)
    .addHelpText('after', `\n${say(agentHelp.runMore)}`)
    .action(async () => {
      const { runHere } = await import('./actions.ts')
      process.exit(await runHere(run()))
    })

  agent
    .command('status')
    .description(say(agentHelp.status))
    .option('--json', say(help.json))
    .addOption(language)
    .addHelpText('after', `\n${say(agentHelp.statusMore)}`)
    .action(async ({ json = false }: { json?: boolean }) => {
      const { showStatus } = await import('./actions.ts')
      process.exitCode = showStatus(run(), json)
    })

  agent
    .command('leave')
    .description(say(agentHelp.leave))
    .addOption(language)
    .action(async () => {
      const { leave } = await import('./actions.ts')
      process.exit(await leave(run()))
    })

  agent
    .command('unit')
    .description(say(agentHelp.unit))
    .addOption(language)
    .action(async () => {
      const { agentUnit } = await import('./unit.ts')
      terminal.write(agentUnit({ node: process.execPath, hevd: launcher, home: given.home() }).trimEnd())
    })
}
