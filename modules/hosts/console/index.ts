import type { Screen } from '@hevd/ui'

/** The hosts that are ours. */
export const screens: readonly Screen[] = [
  {
    path: '/hosts',
    title: { nb: 'Maskiner', en: 'Hosts' },
    access: 'reader',
    menu: 40,
    load: () => import('./hosts.tsx'),
  },
]
