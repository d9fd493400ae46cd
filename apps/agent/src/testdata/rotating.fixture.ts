import { writeSync } from 'node:fs'
import { rotatingFile } from '../rotating-file.ts'

/** Writes numbered lines for ever, from the second argument on, and says each number once it is written. */
const [, , path = '', first = '0'] = process.argv
const file = rotatingFile(path, () => '', { bytes: 2000, files: 5, waitingBytes: 1000 })
for (let number = Number(first); ; number += 1) {
  file.write(`line ${number}\n`)
  writeSync(1, `${number}\n`)
}
