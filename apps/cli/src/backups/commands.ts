import type { Bilingual, Locale } from '@hevd/core'
import type { ServerConfig } from '@hevd/server'
import type { Command, Option } from 'commander'
import { help } from '../help.ts'
import { stopping } from '../stopping.ts'
import type { Terminal } from '../terminal.ts'
import type { BackupsRun } from './backups-run.ts'
import { backupsHelp } from './help.ts'
import type { PlanOptions } from './new-plan.ts'
import type { Where } from './where.ts'

type Given = {
  readonly locale: Locale
  readonly terminal: Terminal
  readonly language: Option
  readonly config: () => ServerConfig
}

/** `hevd backups …`; what it needs is loaded when it runs. */
export function backupsCommands(program: Command, { locale, terminal, language, config }: Given): void {
  const say = (words: Bilingual) => words[locale]
  const backups = program
    .command('backups')
    .description(say(backupsHelp.backups))
    .addHelpText('after', `\n${say(backupsHelp.backupsMore)}`)
  const command = (name: string, words: Bilingual, more?: Bilingual) => {
    const made = backups.command(name).description(say(words)).addOption(language)
    return more === undefined ? made : made.addHelpText('after', `\n${say(more)}`)
  }
  /** Reads what is in a repository: by backups.json, or from a folder on a host that has none. */
  const reading = (name: string, words: Bilingual, more?: Bilingual) =>
    command(name, words, more)
      .option('--target <name>', say(backupsHelp.target))
      .option('--in <folder>', say(backupsHelp.in))
  const planning = (made: Command) =>
    made
      .option('--target <name>', say(backupsHelp.targetName))
      .option('--to <place>', say(backupsHelp.to))
      .option('--host-key <fingerprint>', say(backupsHelp.hostKey))
      .option('--key-file <file>', say(backupsHelp.keyFile))
      .option('--endpoint <url>', say(backupsHelp.endpoint))
      .option('--region <region>', say(backupsHelp.region))
      .option('--credentials <file>', say(backupsHelp.credentials))
      .option('--postgres <address>', say(backupsHelp.postgres))
      .option('--folder <path>', say(backupsHelp.folder))
      .option('--exclude <pattern...>', say(backupsHelp.exclude))
      .option('--recipient <age1...>', say(backupsHelp.recipient))
      .option('--name <name>', say(backupsHelp.name))
      .option('--full <duration>', say(backupsHelp.full), 'P7D')
      .option('--incremental <duration>', say(backupsHelp.incremental))
      .option('--keep-within <duration>', say(backupsHelp.keepWithin), 'P30D')
      .option('--keep-at-least <duration>', say(backupsHelp.keepAtLeast), 'P30D')

  const act = async (json: boolean | undefined, action: (run: BackupsRun) => Promise<number> | number) =>
    process.exit(
      await action({ config: config(), json: json ?? false, locale, terminal, signal: stopping() }),
    )

  command('keygen', backupsHelp.keygen)
    .option('--out <file>', say(backupsHelp.out), 'hevd-backups.identity')
    .option('--json', say(help.json))
    .action(async ({ out, json }: { out: string; json?: boolean }) => {
      const { keygen } = await import('./keygen.ts')
      await act(json, (run) => keygen(run, out))
    })

  planning(command('init', backupsHelp.init, backupsHelp.initMore)).action(async (options: PlanOptions) => {
    const { init } = await import('./plan-commands.ts')
    await act(false, (run) => init(run, options))
  })

  planning(command('add', backupsHelp.add)).action(async (options: PlanOptions) => {
    const { add } = await import('./plan-commands.ts')
    await act(false, (run) => add(run, options))
  })

  command('remove', backupsHelp.remove)
    .argument('<plan>', say(backupsHelp.plan))
    .action(async (plan: string) => {
      const { remove } = await import('./plan-commands.ts')
      await act(false, (run) => remove(run, plan))
    })

  command('run', backupsHelp.run)
    .argument('[plans...]', say(backupsHelp.plans))
    .option('--full', say(backupsHelp.fullNow))
    .option('--json', say(help.json))
    .action(async (plans: string[], { full = false, json }: { full?: boolean; json?: boolean }) => {
      const { runPlans } = await import('./run.ts')
      await act(json, (run) => runPlans(run, plans, full))
    })

  command('keep', backupsHelp.keep, backupsHelp.keepMore).action(async () => {
    const { keepHere } = await import('./keep/keep.ts')
    await act(false, keepHere)
  })

  reading('list', backupsHelp.list)
    .argument('[sources...]', say(backupsHelp.sources))
    .option('--json', say(help.json))
    .action(async (sources: string[], { json, ...where }: Where & { json?: boolean }) => {
      const { list } = await import('./list.ts')
      await act(json, (run) => list(run, sources, where))
    })

  command('status', backupsHelp.status)
    .option('--json', say(help.json))
    .action(async ({ json }: { json?: boolean }) => {
      const { status } = await import('./status.ts')
      await act(json, status)
    })

  reading('check', backupsHelp.check, backupsHelp.checkMore)
    .argument('[sources...]', say(backupsHelp.sources))
    .option('--all', say(backupsHelp.all))
    .option('--json', say(help.json))
    .action(async (sources: string[], options: Where & { all?: boolean; json?: boolean }) => {
      const { all = false, json, ...where } = options
      const { check } = await import('./check.ts')
      await act(json, (run) => check(run, sources, all, where))
    })

  reading('restore', backupsHelp.restore)
    .argument('<source>', say(backupsHelp.source))
    .requiredOption('--identity <file>', say(backupsHelp.identity))
    .requiredOption('--into <folder>', say(backupsHelp.into))
    .option('--at <time>', say(backupsHelp.at))
    .option('--backup <id>', say(backupsHelp.backup))
    .option('--json', say(help.json))
    .action(
      async (
        source: string,
        options: Where & { identity: string; into: string; at?: string; backup?: string; json?: boolean },
      ) => {
        const { restore } = await import('./restore.ts')
        await act(options.json, (run) => restore(run, source, options))
      },
    )

  reading('drill', backupsHelp.drill)
    .argument('<source>', say(backupsHelp.source))
    .requiredOption('--identity <file>', say(backupsHelp.identity))
    .option('--backup <id>', say(backupsHelp.backup))
    .option('--scratch <folder>', say(backupsHelp.scratch))
    .option('--json', say(help.json))
    .action(
      async (
        source: string,
        options: Where & { identity: string; backup?: string; scratch?: string; json?: boolean },
      ) => {
        const { drill } = await import('./drill.ts')
        await act(options.json, (run) => drill(run, source, options))
      },
    )

  command('prune', backupsHelp.prune)
    .argument('[plans...]', say(backupsHelp.plans))
    .option('--dry-run', say(backupsHelp.dryRun))
    .option('--json', say(help.json))
    .action(async (plans: string[], { dryRun = false, json }: { dryRun?: boolean; json?: boolean }) => {
      const { prunePlans } = await import('./prune.ts')
      await act(json, (run) => prunePlans(run, plans, dryRun))
    })

  reading('reencrypt', backupsHelp.reencrypt, backupsHelp.reencryptMore)
    .argument('<source>', say(backupsHelp.source))
    .requiredOption('--identity <file>', say(backupsHelp.identity))
    .requiredOption('--to <age1...>', say(backupsHelp.toRecipient))
    .action(async (source: string, options: Where & { identity: string; to: string[] }) => {
      const { reencryptSource } = await import('./reencrypt.ts')
      await act(false, (run) => reencryptSource(run, source, options))
    })

  command('unit', backupsHelp.unit).action(async () => {
    const { unit } = await import('./unit.ts')
    await act(false, unit)
  })
}
