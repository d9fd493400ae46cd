import type { Screen } from '@hevd/ui'

/** Where what we know comes from. */
export const screens: readonly Screen[] = [
  {
    path: '/feeds',
    title: { nb: 'Kilder', en: 'Sources' },
    access: 'reader',
    menu: 50,
    load: () => import('./feeds.tsx'),
  },
]
