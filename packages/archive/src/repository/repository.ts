import { text } from 'node:stream/consumers'
import { type Duration, isDuration, plus } from '@hevd/core'
import { z } from 'zod'
import { sourceName } from '../backup.ts'
import { ArchiveError } from '../errors.ts'
import type { Target } from '../target.ts'

const settingsPath = 'hevd-archive.json'
const settings = z.object({
  format: z.literal(1),
  keepAtLeast: z.string().refine(isDuration, 'not an ISO 8601 duration'),
})

/** A target with a repository in it. */
export type Repository = {
  readonly target: Target
  /** Nothing whole is removed from it before this time has passed since it was made, whatever a plan's rules say. */
  readonly keepAtLeast: Duration
}

/** Makes a repository. Throws `repository-exists`, and what the target throws. */
export async function initRepository(target: Target, keepAtLeast: Duration): Promise<Repository> {
  if ((await readSettings(target)) !== null)
    throw new ArchiveError('repository-exists', { target: target.name })
  return writeSettings(target, keepAtLeast)
}

/** Throws `repository-missing`, `repository-not-valid`, and what the target throws. */
export async function openRepository(target: Target): Promise<Repository> {
  const found = await readSettings(target)
  if (found === null) throw new ArchiveError('repository-missing', { target: target.name })
  return { target, keepAtLeast: found.keepAtLeast }
}

/** Raises the time that everything is kept at least. Throws `minimum-lowered` where it would be shorter. */
export async function raiseKeepAtLeast(repository: Repository, keepAtLeast: Duration): Promise<Repository> {
  const { keepAtLeast: kept } = await openRepository(repository.target)
  if (plus(0, keepAtLeast, 'UTC') < plus(0, kept, 'UTC'))
    throw new ArchiveError('minimum-lowered', { kept, asked: keepAtLeast })
  return writeSettings(repository.target, keepAtLeast)
}

/** Names of the sources that have something in the repository, sorted. */
export async function sourcesOf({ target }: Repository): Promise<readonly string[]> {
  return (await target.folders('')).filter((name) => sourceName.safeParse(name).success).sort()
}

async function writeSettings(target: Target, keepAtLeast: Duration): Promise<Repository> {
  const written = settings.parse({ format: 1, keepAtLeast })
  await target.put(settingsPath, [Buffer.from(`${JSON.stringify(written)}\n`)])
  return { target, keepAtLeast }
}

async function readSettings(target: Target): Promise<z.infer<typeof settings> | null> {
  return readJson(target, settingsPath, settings)
}

/**
 * A small file in clear; null where it is not there. Throws `repository-not-valid` where it is not what it should be.
 */
export async function readJson<Shape>(
  target: Target,
  path: string,
  shape: z.ZodType<Shape>,
): Promise<Shape | null> {
  const found = await readText(target, path)
  if (found === null) return null
  try {
    return shape.parse(JSON.parse(found))
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : 'not JSON'
    throw new ArchiveError('repository-not-valid', { target: target.name, path, reason }, error)
  }
}

async function readText(target: Target, path: string): Promise<string | null> {
  try {
    return await text(await target.get(path))
  } catch (error) {
    if (error instanceof ArchiveError && error.code === 'file-missing') return null
    throw error
  }
}
