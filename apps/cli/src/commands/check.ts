import { collectOnce, collectors, localHost } from '@hevd/agent'
import { type Locale, type Titles, telling } from '@hevd/core'
import { feedInMemory } from '@hevd/facts'
import { factTitles } from '@hevd/facts/titles'
import { loadCatalogue } from '@hevd/policy'
import { checkReport } from '../check/as-json.ts'
import { checkText } from '../check/as-text.ts'
import { type HostControl, judgeHost } from '../check/judge-host.ts'
import type { Terminal } from '../terminal.ts'

const looking = { nb: 'Ser på verten', en: 'Looking at the host' }

/**
 * `hevd check`: looks at this host now and judges it, without server and database. Exit code: 0 no failure, 1 a
 * failure, 3 nothing could be judged.
 */
export async function check(deps: {
  readonly folder: string
  readonly json: boolean
  readonly locale: Locale
  readonly terminal: Terminal
}): Promise<number> {
  const { json, locale, terminal } = deps
  terminal.progress(`${looking[locale]} …`)
  const access = await localHost(deps.folder)
  const [catalogue, collected] = await Promise.all([loadCatalogue(), collectOnce(access, collectors)])
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const controls = judgeHost(catalogue, access.host, collected, zone)
  const tell = telling(locale, zone, { sources: titlesOfSources(), factTypes: factTitles })
  if (json)
    terminal.write(JSON.stringify(checkReport(access.host.name, collected.at, controls, locale, tell)))
  else
    for (const line of checkText(catalogue, access.host.name, controls, locale, tell, terminal))
      terminal.write(line)
  return exitCode(controls)
}

/** What is unseen names its source by the type of fact; people know it by what the collector is called. */
function titlesOfSources(): Titles['sources'] {
  return new Map(collectors.flatMap(({ title, types }) => types.map((type) => [feedInMemory(type), title])))
}

function exitCode(controls: readonly HostControl[]): number {
  const findings = controls.flatMap((control) => control.findings)
  if (findings.some(({ verdict }) => verdict === 'fails')) return 1
  return findings.some(({ verdict }) => verdict === 'holds') ? 0 : 3
}
