import type { Bilingual } from '@hevd/core'
import type { Command, Option } from 'commander'
import type { AgentRun } from '../agent/commands.ts'
import { environment } from '../config.ts'
import { help } from '../help.ts'
import { stopping } from '../stopping.ts'
import { dataHelp } from './help.ts'

/** `hevd data scan`; what it needs is loaded when it runs. */
export function dataCommands(
  program: Command,
  { locale, terminal, language }: Pick<AgentRun, 'locale' | 'terminal'> & { readonly language: Option },
): void {
  const say = (words: Bilingual) => words[locale]
  program
    .command('data')
    .description(say(dataHelp.data))
    .command('scan')
    .argument('[paths...]', say(dataHelp.paths))
    .description(say(dataHelp.scan))
    .option('--from <file>', say(dataHelp.from))
    .option('--full', say(dataHelp.full))
    .option('--json', say(help.json))
    .addOption(language)
    .addHelpText('after', `\n${say(dataHelp.scanMore)}`)
    .action(async (paths: string[], options: { from?: string; full?: boolean; json?: boolean }) => {
      const signal = stopping()
      const { dataScan } = await import('./scan.ts')
      const { full = false, json = false, from = null } = options
      const given = { environment: environment.HEVD_SCAN ?? '', file: from, paths }
      process.exit(await dataScan({ given, full, json, locale, terminal, signal }))
    })
}
