import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

export type WithScratchFile = <T>(
  text: string,
  options: { readonly unprivileged: boolean },
  use: (path: string) => Promise<T>,
) => Promise<T>

const nobody = 65_534

/** A file in a fresh folder below `/tmp` that only its user can read; gone when `use` ends. */
export function withScratchFile(root: string): WithScratchFile {
  return async (text, { unprivileged }, use) => {
    const folder = await mkdtemp(join(root, 'tmp', 'hevd-'))
    try {
      const file = join(folder, 'scratch')
      await writeFile(file, text, { mode: 0o600, flag: 'wx' })
      if (unprivileged && process.geteuid?.() === 0) {
        await chown(file, nobody, nobody)
        await chown(folder, nobody, nobody)
      }
      return await use(join('/', relative(root, file)))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
