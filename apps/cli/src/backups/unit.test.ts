import { expect, test } from 'vitest'
import { backupsUnit } from './unit.ts'

test('the service may write to its home and to targets on this host alone', () => {
  const targets = new Map([['disk', { kind: 'folder' as const, path: '/mnt/100% full' }]])
  const unit = backupsUnit({
    node: '/usr/bin/node',
    hevd: '/opt/hevd.mjs',
    home: '/var/lib/hevd',
    settings: { targets },
  })
  expect(unit).toContain('ExecStart="/usr/bin/node" "/opt/hevd.mjs" backups keep\n')
  expect(unit).toContain('ReadWritePaths="/var/lib/hevd" "/mnt/100%% full" /tmp\n')
})
