import { sshdSettings, type ValueOf } from '@hevd/facts'
import { type Collector, collected } from '../collector.ts'
import { effectiveServers } from '../sshd/effective.ts'
import type { Server } from '../sshd/servers.ts'
import type { Effective } from '../sshd/settings.ts'

/** What every sshd of the host would do, Match blocks included. */
export const sshdCollector: Collector = {
  name: 'sshd',
  types: [sshdSettings.name],
  title: { nb: 'Innstillingene til sshd', en: 'Settings of sshd' },
  interval: 'PT5M',
  collect: async (access) => {
    const { servers, gap } = await effectiveServers(access)
    const values = servers.flatMap(({ server, everybody, accounts }) => [
      settingOf(access.host.id, server, null, everybody),
      ...[...accounts].map(([account, effective]) => settingOf(access.host.id, server, account, effective)),
    ])
    return collected(sshdSettings, access.host.id, values, gap)
  },
}

function settingOf(
  host: string,
  { configuration, running }: Server,
  account: string | null,
  { strictModes: _strict, authorizedKeysCommand: _command, certificateWays: _ways, ...settings }: Effective,
): ValueOf<typeof sshdSettings> {
  return { host, configuration, running, account, ...settings }
}
