import {
  type BackupRecord,
  listBackups,
  listWal,
  type Repository,
  restorableSpans,
  sourcesOf,
  walGaps,
} from '@hevd/archive'
import type { Locale } from '@hevd/core'
import { bytes } from '../bytes.ts'
import { wrapped } from '../terminal.ts'
import type { BackupsRun } from './backups-run.ts'
import { momentsOf } from './moments.ts'
import { placesOf, type Where, withRepository } from './where.ts'
import { backupsWords } from './words.ts'

/** What a repository holds of one source. */
export type Listed = Awaited<ReturnType<typeof listedOf>>

export async function listedOf(repository: Repository, source: string) {
  const { backups, unfinished, damaged } = await listBackups(repository, source)
  const wal = await listWal(repository, source)
  const segmentBytes = backups.findLast(({ postgresql }) => postgresql !== null)?.postgresql?.walSegmentBytes
  return {
    source,
    backups,
    unfinished,
    damaged: damaged.map(({ id, error }) => ({ id, words: error.words })),
    spans: restorableSpans(backups, wal),
    gaps: segmentBytes === undefined ? [] : walGaps(wal, segmentBytes),
  }
}

/** `hevd backups list`. Exit code: 1 where a backup cannot be read or cannot be restored. */
export async function list(run: BackupsRun, sources: readonly string[], where: Where): Promise<number> {
  const { json, terminal, locale } = run
  let sound = true
  const found: (Listed & { readonly target: string; readonly keepAtLeast: string })[] = []
  for (const place of placesOf(run, where))
    await withRepository(place, async (repository) => {
      const all = await sourcesOf(repository)
      const wanted = sources.length === 0 ? all : all.filter((source) => sources.includes(source))
      for (const source of wanted) {
        const listed = await listedOf(repository, source)
        sound &&= listed.damaged.length === 0 && listed.spans.every(({ to }) => to !== null)
        found.push({ target: place.name, keepAtLeast: repository.keepAtLeast, ...listed })
        if (!json)
          for (const line of listText(`${source} · ${repository.target.name}`, listed, locale))
            terminal.write(line)
      }
    })
  if (json) terminal.write(JSON.stringify(found))
  else if (found.length === 0) terminal.write(backupsWords[locale].none)
  return sound ? 0 : 1
}

/** A source's backups as people read them, 80 columns wide at most. */
export function listText(title: string, listed: Listed, locale: Locale): string[] {
  const say = backupsWords[locale]
  const { backups, unfinished, damaged, spans, gaps } = listed
  const moment = momentsOf(locale)
  const restorable = spans.filter(({ to }) => to !== null)
  const [first, last] = [restorable[0], restorable.at(-1)]
  const left = unfinished.reduce((sum, each) => sum + each.bytes, 0)
  return [
    ...wrapped(title, 80, 0),
    ...(backups.length === 0 ? [`  ${say.none}`] : backups.flatMap((backup) => backupLines(backup, locale))),
    ...(first !== undefined && last !== undefined
      ? wrapped(say.span(moment(first.from), moment(last.to ?? first.from)), 80, 2)
      : []),
    ...spans.flatMap(({ backupId, to }) => (to === null ? wrapped(`▲ ${say.noSpan(backupId)}`, 80, 2) : [])),
    ...gaps.flatMap(({ from, to }) => wrapped(`▲ ${say.gap(from, to)}`, 80, 2)),
    ...damaged.flatMap(({ id, words }) => wrapped(`▲ ${say.damaged(id)}: ${words[locale]}`, 80, 2)),
    ...(unfinished.length === 0
      ? []
      : wrapped(say.unfinished(unfinished.length, bytes(left, locale)), 80, 2)),
    '',
  ]
}

function backupLines(backup: BackupRecord, locale: Locale): string[] {
  const say = backupsWords[locale]
  const { id, kind, startedAt, contentBytes, files, missed, torn } = backup
  const stored = files.reduce((sum, file) => sum + file.bytes, 0)
  const trouble = [...(missed > 0 ? [say.missed(missed)] : []), ...(torn > 0 ? [say.torn(torn)] : [])]
  const line = [
    id.padEnd(30),
    momentsOf(locale)(startedAt),
    `${bytes(contentBytes, locale)} → ${bytes(stored, locale)}`,
    ...(id.endsWith(kind) ? [] : [say.kinds[kind]]),
  ]
  return [`  ${line.join('  ')}`, ...(trouble.length === 0 ? [] : wrapped(`▲ ${trouble.join(', ')}`, 80, 4))]
}
