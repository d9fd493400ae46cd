import type { Screen } from '@hevd/ui'

/** The two logs. */
export const screens: readonly Screen[] = [
  {
    path: '/ledger',
    title: { nb: 'Logg', en: 'Ledger' },
    access: 'reader',
    menu: 60,
    load: () => import('./ledger.tsx'),
  },
  {
    path: '/ledger/$log/$index',
    title: { nb: 'Oppføring', en: 'Entry' },
    access: 'reader',
    menu: null,
    load: () => import('./entry.tsx'),
  },
]
