import { join } from 'node:path'
import type { Plan, TargetSetting } from '@hevd/archive'
import type { backupPlans, ValueOf } from '@hevd/facts'
import type { HostAccess } from '../host/access.ts'
import { placeOfUrl, placesOf } from '../postgres/places.ts'
import type { RememberedPlan } from './memory.ts'

/** What a plan says, with what of its repository is known, now or from the last time it was reached. */
export async function planFact(
  access: HostAccess,
  home: string,
  plan: Plan,
  setting: TargetSetting,
  { system, keepAtLeast }: RememberedPlan,
): Promise<ValueOf<typeof backupPlans>> {
  const host = access.host.id
  const { name, of, full, incremental, recipients } = plan
  const isDatabase = of.kind === 'postgresql'
  return {
    id: `${host}/${name}`,
    host,
    source: name,
    of: of.kind,
    server: isDatabase ? await serverOf(access, home, of.url) : null,
    system,
    target: placeOf(setting),
    full,
    incremental: isDatabase ? null : incremental,
    log: isDatabase && incremental !== null,
    recipients: [...recipients],
    keepAtLeast,
  }
}

/** The `postgres-server` that an address leads to; `own` is the database that Hevd runs in this home. */
async function serverOf(access: HostAccess, home: string, url: string): Promise<string | null> {
  if (url !== 'own') return (await placeOfUrl(access, url))?.id ?? null
  const within = join(home, 'postgres')
  const { places } = await placesOf(access)
  return places.find(({ socket }) => socket?.folder.startsWith(within) === true)?.id ?? null
}

/** Where backups are put, as people may see it. */
export function placeOf(setting: TargetSetting): string {
  switch (setting.kind) {
    case 'folder':
      return setting.path
    case 'sftp':
      return `sftp://${setting.host}:${setting.port}/${setting.path.replace(/^\/+/, '')}`
    case 's3':
      return `s3://${new URL(setting.endpoint).host}/${setting.bucket}/${setting.prefix}`
  }
}
