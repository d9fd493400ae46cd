import type { Bilingual, State } from '@hevd/core'
import { useResource } from '@hevd/ui'

/** What is used here of a finding of the policy. */
type Finding = {
  readonly test: string
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string }
  readonly state: State
  readonly why: { readonly text: Bilingual } | null
}

const ofBackups = ['backup-plan', 'backup-source', 'backup', 'backup-record', 'backup-log']

/** What the policy finds of backups, worst first, as many as one page has; undefined while that is not known. */
export function useBackupFindings(): readonly Finding[] | undefined {
  const found = useResource<{ readonly items: readonly Finding[] }>(
    '/api/findings?control=storage-encrypted&limit=200',
    30_000,
  )
  return found.data?.items.filter(({ subject }) => ofBackups.includes(subject.kind))
}

/** Those of one source, worst first. @param source `<host>/<name>` */
export function findingsOf(findings: readonly Finding[] | undefined, source: string): readonly Finding[] {
  return (findings ?? []).filter(({ subject: { id } }) => id === source || id.startsWith(`${source}/`))
}
