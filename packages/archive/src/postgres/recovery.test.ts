import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareRecovery, recoverySettings } from './recovery.ts'

test.each([
  ['latest', /recovery_target(_time|_lsn)? =/, false],
  ['backup', /^recovery_target = 'immediate'$/m, true],
  [{ lsn: '0/5000001' }, /^recovery_target_lsn = '0\/5000001'$/m, true],
  [
    { time: Date.UTC(2026, 10, 26, 8, 0, 0, 5) },
    /^recovery_target_time = '2026-11-26T08:00:00.005\+00'$/m,
    true,
  ],
] as const)('a server is told to recover to %j', (until, line, expected) => {
  expect(line.test(recoverySettings('/srv/wal', until))).toBe(expected)
})

test('the command fetches a segment from wherever the folder is, with cp alone', () => {
  const folder = mkdtempSync(join(tmpdir(), "hevd 'wal' %f $HOME \\ "))
  writeFileSync(join(folder, '000000010000000000000001'), 'log')
  const quoted = /^restore_command = '(.*)'$/m.exec(recoverySettings(folder, 'latest'))?.[1] ?? ''
  // As PostgreSQL reads it: first the configuration file, then the places of %f and %p.
  const command = quoted
    .replaceAll("''", "'")
    .replaceAll('\\\\', '\\')
    .replaceAll(
      /%[%fp]/g,
      (found) =>
        ({ '%%': '%', '%f': '000000010000000000000001', '%p': join(folder, 'fetched') })[found] ?? '',
    )
  expect(command).toContain('cp ')
  execFileSync('sh', ['-c', command.replace(`"${join(folder, 'fetched')}"`, '"$0"'), join(folder, 'fetched')])
  expect(readFileSync(join(folder, 'fetched'), 'utf8')).toBe('log')
  rmSync(folder, { recursive: true })
})

test('what an earlier restore set is taken out, everything else stays', async () => {
  const data = mkdtempSync(join(tmpdir(), 'hevd-recovery-'))
  mkdirSync(join(data, 'wal'))
  writeFileSync(join(data, 'postgresql.auto.conf'), "work_mem = '8MB'\nrecovery_target_lsn = '0/1'\n")
  await prepareRecovery(data, join(data, 'wal'), 'backup')
  const settings = readFileSync(join(data, 'postgresql.auto.conf'), 'utf8')
  expect(settings).toContain("work_mem = '8MB'")
  expect(settings).not.toContain('recovery_target_lsn')
  expect(readFileSync(join(data, 'recovery.signal'), 'utf8')).toBe('')
  rmSync(data, { recursive: true })
})
