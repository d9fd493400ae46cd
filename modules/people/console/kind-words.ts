import { words } from '@hevd/ui'

/** How a person belongs. */
export const kindWords = words({
  employee: { nb: 'Ansatt', en: 'Employee' },
  contractor: { nb: 'Innleid', en: 'Contractor' },
})
