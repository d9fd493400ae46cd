import { reencrypt } from '@hevd/archive'
import { type BackupsRun, tell } from './backups-run.ts'
import { identitiesIn } from './identity.ts'
import { progressBar } from './progress.ts'
import { placeOf, type Where, withRepository } from './where.ts'

/** `hevd backups reencrypt`. */
export async function reencryptSource(
  run: BackupsRun,
  source: string,
  options: Where & { readonly identity: string; readonly to: readonly string[] },
): Promise<number> {
  const { locale, terminal, signal } = run
  const { identity, to, ...where } = options
  const identities = identitiesIn(identity)
  const progress = progressBar(source, terminal, locale)
  const { backups, wal } = await withRepository(placeOf(run, source, where), (repository) =>
    reencrypt(repository, source, { identities, recipients: [...to], progress, signal }),
  )
  tell(run, {
    nb: `${source} er kryptert på nytt (${backups} kopier, ${wal} WAL-segmenter), og bare disse kan lese alt som ligger der: ${to.join(' ')}. Planen i backups.json på verten som tar kopiene, må ha de samme.`,
    en: `${source} is encrypted anew (${backups} backups, ${wal} WAL segments), and these alone can read all that lies there: ${to.join(' ')}. The plan in backups.json of the host that makes the backups must have the same.`,
  })
  return 0
}
