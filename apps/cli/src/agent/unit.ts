import { quoted } from '../systemd-word.ts'

/**
 * A systemd unit (systemd.service(5), systemd.exec(5)) for `hevd agent run`: bounded from outside too, started again
 * whatever ends it, and with nothing to write to but its own folder and `/tmp`. It runs as root so that it sees
 * everything; `User=` makes it see less, which it says.
 */
export function agentUnit(given: {
  readonly node: string
  readonly hevd: string
  readonly home: string
}): string {
  const { node, hevd, home } = given
  return [
    '[Unit]',
    'Description=Hevd agent',
    'After=network-online.target',
    'Wants=network-online.target',
    '',
    '[Service]',
    `ExecStart=${quoted(node)} ${quoted(hevd)} agent run`,
    `Environment=${quoted(`HEVD_HOME=${home}`)}`,
    'Environment=NODE_OPTIONS=--max-old-space-size=256',
    'Restart=always',
    'RestartSec=20',
    'Nice=10',
    'IOSchedulingClass=idle',
    'CPUQuota=50%',
    'MemoryMax=512M',
    'TasksMax=64',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    `ReadWritePaths=${quoted(home)} /tmp`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
}
