import type { Screen } from '@hevd/ui'

/** Where customers' data may be, where it is, and who reaches it from elsewhere. */
export const screens: readonly Screen[] = [
  {
    path: '/residency',
    title: { nb: 'Datalokasjon', en: 'Residency' },
    access: 'reader',
    menu: 104,
    load: () => import('./residency.tsx'),
  },
  {
    path: '/residency/stores',
    title: { nb: 'Datalagre', en: 'Data stores' },
    access: 'reader',
    menu: null,
    actions: [
      {
        title: { nb: 'Legg til et datalager', en: 'Add a data store' },
        to: '/residency/stores?add=yes',
        access: 'administrator',
      },
    ],
    load: () => import('./stores.tsx'),
  },
  {
    path: '/residency/stores/import',
    title: { nb: 'Hent datalagre fra fil', en: 'Import data stores from a file' },
    access: 'administrator',
    menu: null,
    load: () => import('./import-stores.tsx'),
  },
  {
    path: '/residency/customers',
    title: { nb: 'Kunder', en: 'Customers' },
    access: 'reader',
    menu: null,
    actions: [
      {
        title: { nb: 'Legg til en kunde', en: 'Add a customer' },
        to: '/residency/customers?add=yes',
        access: 'administrator',
      },
    ],
    load: () => import('./customers.tsx'),
  },
  {
    path: '/residency/customers/import',
    title: { nb: 'Hent kunder fra fil', en: 'Import customers from a file' },
    access: 'administrator',
    menu: null,
    load: () => import('./import-customers.tsx'),
  },
  {
    path: '/residency/subprocessors',
    title: { nb: 'Underdatabehandlere', en: 'Subprocessors' },
    access: 'reader',
    menu: null,
    actions: [
      {
        title: { nb: 'Legg til en underdatabehandler', en: 'Add a subprocessor' },
        to: '/residency/subprocessors?add=yes',
        access: 'administrator',
      },
    ],
    load: () => import('./subprocessors.tsx'),
  },
  {
    path: '/residency/hosts',
    title: { nb: 'Hvor maskinene står', en: 'Where hosts stand' },
    access: 'reader',
    menu: null,
    load: () => import('./hosts.tsx'),
  },
  {
    path: '/residency/tokens',
    title: { nb: 'Applikasjoner som spør', en: 'Applications that ask' },
    access: 'administrator',
    menu: null,
    load: () => import('./tokens.tsx'),
  },
]
