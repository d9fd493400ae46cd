import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diskRoom, leastFree } from './disk-room.ts'

let folder: string
function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-room-'))
  run('mount', '-t', 'tmpfs', '-o', `size=${leastFree + 2 ** 20}`, 'tmpfs', folder)
})
afterAll(() => {
  run('umount', folder)
  rmSync(folder, { recursive: true })
})

test('room runs out before the disk is full, is said once, and is back when something is taken away', () => {
  const told: boolean[] = []
  const room = diskRoom(folder, (enough) => told.push(enough))
  expect([room.enough(), room.enough()]).toEqual([true, true])
  writeFileSync(join(folder, 'other'), Buffer.alloc(2 ** 21))
  expect([room.enough(), room.enough()]).toEqual([false, false])
  expect(room.free()).toBeGreaterThan(leastFree - 2 ** 21)
  rmSync(join(folder, 'other'))
  expect(room.enough()).toBe(true)
  expect(told).toEqual([false, true])
})
