import type { Screen } from '@hevd/ui'

/** Backups: what is backed up and how it stands, and who can read it. */
export const screens: readonly Screen[] = [
  {
    path: '/backups',
    title: { nb: 'Sikkerhetskopier', en: 'Backups' },
    access: 'reader',
    menu: 101,
    load: () => import('./backups.tsx'),
  },
  {
    path: '/backups/readers',
    title: { nb: 'Lesere av sikkerhetskopier', en: 'Readers of backups' },
    access: 'reader',
    menu: null,
    actions: [
      {
        title: { nb: 'Legg til en leser av sikkerhetskopier', en: 'Add a reader of backups' },
        to: '/backups/readers?add=yes',
        access: 'administrator',
      },
    ],
    load: () => import('./readers.tsx'),
  },
  {
    path: '/backups/$host/$source',
    title: { nb: 'Sikkerhetskopiene av en kilde', en: 'The backups of a source' },
    access: 'reader',
    menu: null,
    load: () => import('./source.tsx'),
  },
]
