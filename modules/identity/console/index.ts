import type { Screen } from '@hevd/ui'

/** Signing in, and who may. */
export const screens: readonly Screen[] = [
  {
    path: '/sign-in',
    title: { nb: 'Logg inn', en: 'Sign in' },
    access: 'public',
    menu: null,
    load: () => import('./sign-in.tsx'),
  },
  {
    path: '/welcome',
    title: { nb: 'Velkommen', en: 'Welcome' },
    access: 'public',
    menu: null,
    load: () => import('./welcome.tsx'),
  },
  {
    path: '/accounts',
    title: { nb: 'Brukere og invitasjoner', en: 'Accounts and invitations' },
    access: 'administrator',
    menu: 110,
    actions: [
      {
        title: { nb: 'Inviter noen', en: 'Invite somebody' },
        to: '/accounts?invite=yes',
        access: 'administrator',
      },
    ],
    load: () => import('./accounts.tsx'),
  },
]
