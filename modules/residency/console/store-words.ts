import { words } from '@hevd/ui'

/** Kinds of data stores, in the order they are offered in. */
export const storeKinds = ['database', 'bucket', 'backups', 'logs', 'private-cloud', 'other'] as const

export const storeKindWords = words({
  database: { nb: 'database', en: 'database' },
  bucket: { nb: 'objektlager', en: 'bucket' },
  backups: { nb: 'sikkerhetskopier', en: 'backups' },
  logs: { nb: 'logger', en: 'logs' },
  'private-cloud': { nb: 'privat skyløsning', en: 'private cloud' },
  other: { nb: 'annet', en: 'other' },
})
