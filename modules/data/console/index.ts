import type { Screen } from '@hevd/ui'

/** Which data the organisation has, where, whose it is and how it is said to be protected. */
export const screens: readonly Screen[] = [
  {
    path: '/data',
    title: { nb: 'Data', en: 'Data' },
    access: 'reader',
    menu: 102,
    actions: [
      {
        title: { nb: 'Legg til et datasett', en: 'Add a data set' },
        to: '/data?add=yes',
        access: 'administrator',
      },
    ],
    load: () => import('./data.tsx'),
  },
  {
    path: '/data/found',
    title: { nb: 'Funnet i databaser og logger', en: 'Found in databases and logs' },
    access: 'reader',
    menu: null,
    load: () => import('./found.tsx'),
  },
  {
    path: '/data/import',
    title: { nb: 'Hent datasett fra fil', en: 'Import data sets from a file' },
    access: 'administrator',
    menu: null,
    load: () => import('./import.tsx'),
  },
]
