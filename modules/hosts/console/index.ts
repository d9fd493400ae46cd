import type { Screen } from '@hevd/ui'

/** The hosts that are ours. */
export const screens: readonly Screen[] = [
  {
    path: '/hosts',
    title: { nb: 'Maskiner', en: 'Hosts' },
    access: 'reader',
    menu: 40,
    actions: [
      {
        title: {
          nb: 'Hent en liste over maskiner, disker eller enheter',
          en: 'Import a list of hosts, disks or devices',
        },
        to: '/hosts/import',
        access: 'administrator',
      },
    ],
    load: () => import('./hosts.tsx'),
  },
  {
    path: '/hosts/import',
    title: { nb: 'Hent en liste fra fil', en: 'Import a list from a file' },
    access: 'administrator',
    menu: null,
    load: () => import('./import-list.tsx'),
  },
]
