import { words } from '@hevd/ui'

/** What a host is for. */
export const roleWords = words({
  production: { nb: 'Produksjon', en: 'Production' },
  workstation: { nb: 'Arbeidsstasjon', en: 'Workstation' },
  other: { nb: 'Annet', en: 'Other' },
})
