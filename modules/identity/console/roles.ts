import { words } from '@hevd/ui'

/** What an account may do. */
export const roleWords = words({
  administrator: { nb: 'Administrator', en: 'Administrator' },
  reader: { nb: 'Leser', en: 'Reader' },
  auditor: { nb: 'Revisor', en: 'Auditor' },
})
