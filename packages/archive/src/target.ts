import type { Readable } from 'node:stream'

/** A file of a repository: its path there, size in bytes, and when it was written (milliseconds). */
export type TargetFile = { readonly path: string; readonly bytes: number; readonly modifiedAt: number }

/**
 * Where backups lie. Paths are relative to it, with `/` between, without `.` and `..`. Every method throws ArchiveError
 * where the place cannot be reached, is full or refuses, and the error never holds a credential.
 */
export type Target = {
  readonly kind: 'folder' | 'sftp' | 's3'
  /** The place as people may see it: no credentials. */
  readonly name: string
  /** The files below a folder, in no order; none where the folder is not there. */
  list(folder: string, signal?: AbortSignal): AsyncIterable<TargetFile>
  /** Names of the folders that lie directly in a folder; none where it is not there. */
  folders(folder: string): Promise<readonly string[]>
  /** Throws `file-missing`. A stream that breaks off errors; it never just ends. */
  get(path: string, signal?: AbortSignal): Promise<Readable>
  /**
   * Writes a file whole or not at all: what was begun is nowhere to be seen under the path, and when this resolves the file
   * outlives a power cut. Replaces a file that is there, in one step.
   */
  put(
    path: string,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<{ readonly bytes: number }>
  /**
   * What is seen in a folder now outlives a power cut from now on, also what another process has just put there. Nothing
   * happens where the folder is not there, and where a place makes no promise of this (SFTP).
   */
  makeDurable(folder: string): Promise<void>
  /** Nothing happens where the file is not there. */
  remove(path: string): Promise<void>
  close(): Promise<void>
}
