import type { Screen } from '@hevd/ui'

/** Who works here, what runs here, and whose each account is. */
export const screens: readonly Screen[] = [
  {
    path: '/people',
    title: { nb: 'Personer', en: 'People' },
    access: 'reader',
    menu: 30,
    actions: [
      {
        title: { nb: 'Legg til en person', en: 'Add a person' },
        to: '/people?add=yes',
        access: 'administrator',
      },
    ],
    load: () => import('./people.tsx'),
  },
  {
    path: '/people/import',
    title: { nb: 'Hent personer fra fil', en: 'Import people from a file' },
    access: 'administrator',
    menu: null,
    load: () => import('./import.tsx'),
  },
  {
    path: '/people/erasures',
    title: { nb: 'Sletting av personer', en: 'Erasing people' },
    access: 'administrator',
    menu: null,
    load: () => import('./erasures.tsx'),
  },
  {
    path: '/services',
    title: { nb: 'Tjenester', en: 'Services' },
    access: 'reader',
    menu: null,
    actions: [
      {
        title: { nb: 'Legg til en tjeneste', en: 'Add a service' },
        to: '/services?add=yes',
        access: 'administrator',
      },
    ],
    load: () => import('./services.tsx'),
  },
  {
    path: '/account-owners',
    title: { nb: 'Hvem eier kontoene', en: 'Whose the accounts are' },
    access: 'reader',
    menu: null,
    load: () => import('./account-owners.tsx'),
  },
]
