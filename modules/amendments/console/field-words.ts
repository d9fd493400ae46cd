import { words } from '@hevd/ui'

/** What the parts of a promise are called. */
export const wordFieldWords = words({
  title: { nb: 'Tittel', en: 'Title' },
  statement: { nb: 'Løfte', en: 'Promise' },
  how: { nb: 'Slik gjør vi det', en: 'How we do it' },
})
