import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** As much of a file as is looked at at once; parts overlap by the longest word. */
const part = 1 << 20

/**
 * Masks words in files that processes go on writing to: the bytes are overwritten where they stand, so that no file gets
 * another length or name. Letters' case does not count. A folder that there is not has nothing to mask.
 */
export async function maskInLogs(folders: readonly string[], words: readonly string[]): Promise<void> {
  const needles = [...new Set(words.flatMap(formsOf))].filter((form) => form.length > 0)
  for (const folder of folders)
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => []))
      if (entry.isFile() && /\.log(\.\d+)?$/.test(entry.name)) await maskIn(join(folder, entry.name), needles)
}

/** A word in each case as bytes, hex; also as it stands in JSON. */
function formsOf(word: string): string[] {
  const texts = [word, JSON.stringify(word).slice(1, -1)]
  return texts.flatMap((text) => [text, text.toLowerCase(), text.toUpperCase()]).map(hexOf)
}
const hexOf = (text: string) => Buffer.from(text).toString('hex')

async function maskIn(path: string, needles: readonly string[]): Promise<void> {
  const words = needles.map((needle) => Buffer.from(needle, 'hex'))
  const overlap = Math.max(0, ...words.map(({ length }) => length - 1))
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    const buffer = Buffer.alloc(part + overlap)
    for (let from = 0; from < size; from += part) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
      const found = buffer.subarray(0, bytesRead)
      for (const word of words)
        for (let at = found.indexOf(word); at >= 0; at = found.indexOf(word, at + word.length)) {
          await file.write(Buffer.alloc(word.length, 'x'), 0, word.length, from + at)
        }
    }
    await file.sync()
  } finally {
    await file.close()
  }
}
