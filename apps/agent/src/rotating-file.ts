import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs'

/** How much a log may take: each file, how many files in all, and what waits in memory for room on the disk. */
export type RotationLimits = { readonly bytes: number; readonly files: number; readonly waitingBytes: number }
export const rotationLimits: RotationLimits = { bytes: 10_000_000, files: 5, waitingBytes: 1_000_000 }

export type RotatingFile = {
  /** Writes whole lines. Never throws: what the disk does not take waits, and past the limit is dropped and counted. */
  write(lines: string): void
  close(): void
}

/**
 * A log, 0600, of bounded size: `path` is the newest file, `path.1` the one before, and so on. It is moved before a
 * write would make it too long, so that no line is cut or lost, and each move is one rename, so that a crash at any
 * moment leaves whole files; a missing number is filled by the next move. One process writes it.
 *
 * @param lost the line that says how many lines were dropped, once there is room again
 */
export function rotatingFile(
  path: string,
  lost: (lines: number) => string,
  limits: RotationLimits = rotationLimits,
): RotatingFile {
  let file: { readonly fd: number; size: number } | null = opened(path)
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let dropped = 0

  const put = (lines: Buffer) => {
    file ??= opened(path)
    if (file.size > 0 && file.size + lines.length > limits.bytes) {
      closeSync(file.fd)
      file = null
      moveOn(path, limits.files)
      file = opened(path)
    }
    append(file.fd, lines, file.size)
    file.size += lines.length
  }
  const flush = () => {
    try {
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        put(next)
        waiting = waiting.slice(1)
        waitingBytes -= next.length
      }
      if (dropped > 0) put(Buffer.from(lost(dropped)))
      dropped = 0
    } catch {
      // A full or failing disk: they wait for the next write.
    }
  }
  return {
    write(text) {
      flush()
      const lines = Buffer.from(text)
      if (waitingBytes + lines.length > limits.waitingBytes) dropped += text.split('\n').length - 1
      else {
        waiting.push(lines)
        waitingBytes += lines.length
        flush()
      }
    },
    close() {
      if (file !== null) closeSync(file.fd)
      file = null
    },
  }
}

function opened(path: string): { readonly fd: number; size: number } {
  const fd = openSync(path, 'a', 0o600)
  return { fd, size: fstatSync(fd).size }
}

/** Appends all of it or nothing: what a full disk took of it is taken back. */
function append(fd: number, lines: Buffer, size: number): void {
  try {
    for (let at = 0; at < lines.length; ) at += writeSync(fd, lines, at)
  } catch (error) {
    ftruncateSync(fd, size)
    throw error
  }
}

/** Every file takes the next number, up to the first that is free; past `files` the oldest is overwritten. */
function moveOn(path: string, files: number): void {
  const numbered = (number: number) => (number === 0 ? path : `${path}.${number}`)
  let free = 1
  while (free < files - 1 && existsSync(numbered(free))) free += 1
  for (let number = free; number > 0; number -= 1) renameSync(numbered(number - 1), numbered(number))
}
