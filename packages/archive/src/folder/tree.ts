import { ArchiveError } from '../errors.ts'
import type { Entry, FileEntry } from './entry.ts'

type OfType<T extends Entry['type']> = Extract<Entry, { readonly type: T }>

export type Tree = {
  readonly directories: readonly OfType<'directory'>[]
  readonly files: readonly FileEntry[]
  readonly symlinks: readonly OfType<'symlink'>[]
  readonly links: readonly OfType<'link'>[]
}

/**
 * Entries by kind, as a tree that can be made without ever writing through a link: each lies in a folder that is listed
 * before it, no two have one path, and hard links are of files that are listed before them. Throws `entry-unsafe`.
 */
export function treeOf(entries: readonly Entry[]): Tree {
  const seen = new Map<string, Entry['type']>()
  const refuse = (name: string, reason: string) => new ArchiveError('entry-unsafe', { name, reason })
  for (const entry of entries) {
    const { path, type } = entry
    const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
    if (seen.has(path)) throw refuse(path, 'is there twice')
    if (path === '.' ? type !== 'directory' : seen.get(parent) !== 'directory')
      throw refuse(path, 'does not lie in a folder')
    if (type === 'link' && seen.get(entry.target) !== 'file') throw refuse(path, 'is another name of no file')
    seen.set(path, type)
  }
  const of = <T extends Entry['type']>(type: T) =>
    entries.filter((entry): entry is OfType<T> => entry.type === type)
  return { directories: of('directory'), files: of('file'), symlinks: of('symlink'), links: of('link') }
}
