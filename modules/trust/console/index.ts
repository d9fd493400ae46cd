import type { ControlPart, Screen } from '@hevd/ui'

/** What outsiders see. */
export const screens: readonly Screen[] = [
  {
    path: '/public',
    title: { nb: 'Hva som er offentlig', en: 'What is public' },
    access: 'administrator',
    menu: 100,
    load: () => import('./shown.tsx'),
  },
]

/** The proof on every control's page. */
export const controlParts: readonly ControlPart[] = [{ load: () => import('./control-leaf.tsx') }]
