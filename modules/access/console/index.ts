import type { Screen } from '@hevd/ui'

/** Who was given access to what, and why. */
export const screens: readonly Screen[] = [
  {
    path: '/access',
    title: { nb: 'Tilganger', en: 'Access' },
    access: 'reader',
    menu: 101,
    actions: [
      {
        title: { nb: 'Gi en tilgang', en: 'Grant access' },
        to: '/access?add=yes',
        access: 'administrator',
      },
    ],
    load: () => import('./access.tsx'),
  },
  {
    path: '/access/import',
    title: { nb: 'Hent tilganger fra fil', en: 'Import access from a file' },
    access: 'administrator',
    menu: null,
    load: () => import('./import.tsx'),
  },
]
