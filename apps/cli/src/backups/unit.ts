import { resolve } from 'node:path'
import type { BackupsSettings } from '@hevd/archive'
import { quoted } from '../systemd-word.ts'
import type { BackupsRun } from './backups-run.ts'
import { settingsOf } from './where.ts'

const launcher = resolve(import.meta.dirname, '../../bin/hevd.mjs')

/** `hevd backups unit`. */
export function unit(run: BackupsRun): number {
  const { home } = run.config
  const settings = settingsOf(run)
  run.terminal.write(backupsUnit({ node: process.execPath, hevd: launcher, home, settings }).trimEnd())
  return 0
}

/**
 * A systemd unit (systemd.service(5), systemd.exec(5)) for `hevd backups keep`: it may write to its own folder and to targets
 * on this host alone. It runs as root, since it reads whole folders; `User=` will do for a database server alone. Being
 * stopped it has time to put away what it has.
 */
export function backupsUnit(given: {
  readonly node: string
  readonly hevd: string
  readonly home: string
  readonly settings: Pick<BackupsSettings, 'targets'>
}): string {
  const { node, hevd, home, settings } = given
  const folders = [...settings.targets.values()].flatMap((target) =>
    target.kind === 'folder' ? [target.path] : [],
  )
  return [
    '[Unit]',
    'Description=Hevd backups',
    'After=network-online.target',
    'Wants=network-online.target',
    '',
    '[Service]',
    `ExecStart=${quoted(node)} ${quoted(hevd)} backups keep`,
    `Environment=${quoted(`HEVD_HOME=${home}`)}`,
    'Restart=always',
    'RestartSec=20',
    'TimeoutStopSec=60',
    'Nice=10',
    'IOSchedulingClass=idle',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    `ReadWritePaths=${[home, ...folders].map(quoted).join(' ')} /tmp`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
}
