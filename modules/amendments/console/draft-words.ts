import { words } from '@hevd/ui'

/** Where a draft stands, and where it came from. */
export const draftStateWords = words({
  open: { nb: 'Åpent', en: 'Open' },
  submitted: { nb: 'Venter på godkjenning', en: 'Waiting for approval' },
  published: { nb: 'I kraft', en: 'In force' },
  rejected: { nb: 'Avvist', en: 'Rejected' },
  withdrawn: { nb: 'Trukket tilbake', en: 'Withdrawn' },
})

export const draftSourceWords = words({
  person: { nb: 'skrevet her', en: 'written here' },
  catalogue: { nb: 'ny utgave av Hevd', en: 'a newer Hevd' },
  file: { nb: 'lest inn fra en fil', en: 'read from a file' },
  reading: { nb: 'lest ut av en policy', en: 'read out of a policy' },
})
