import type { Screen } from '@hevd/ui'

/** How one is told of what is asked, and how notices leave the house. */
export const screens: readonly Screen[] = [
  {
    path: '/notices',
    title: { nb: 'Varsler', en: 'Notices' },
    access: 'reader',
    menu: null,
    load: () => import('./notices.tsx'),
  },
  {
    path: '/notices/channels',
    title: { nb: 'Virksomhetens varsling', en: 'The organisation’s channels' },
    access: 'administrator',
    menu: null,
    actions: [
      {
        title: { nb: 'Legg til en mottaker av webhook', en: 'Add a webhook receiver' },
        to: '/notices/channels?add=yes',
        access: 'administrator',
      },
    ],
    load: () => import('./channels.tsx'),
  },
]
