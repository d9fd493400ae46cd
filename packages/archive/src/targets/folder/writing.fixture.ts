import { createHash, randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { openTarget } from '../open-target.ts'

/** Writes files into a folder until it is ended, named by their digest, and says each one that was acknowledged. */
const target = await openTarget({ kind: 'folder', path: process.argv[2] ?? '' })
for (let number = 0; ; number += 1) {
  const content = randomBytes(1 + ((number * 7919) % 300_000))
  const path = `s/${number % 5}/${createHash('sha256').update(content).digest('hex')}`
  await target.put(path, [content])
  writeSync(1, `${path}\n`)
}
