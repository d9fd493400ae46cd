import type { Screen } from '@hevd/ui'

/** Changing the policy, and what others ask of it. */
export const screens: readonly Screen[] = [
  {
    path: '/controls/$id/change',
    title: { nb: 'Endre en kontroll', en: 'Change a control' },
    access: 'administrator',
    menu: null,
    load: () => import('./change.tsx'),
  },
  {
    path: '/drafts',
    title: { nb: 'Utkast', en: 'Drafts' },
    access: 'reader',
    menu: 100,
    load: () => import('./drafts.tsx'),
  },
  {
    path: '/drafts/$id',
    title: { nb: 'Utkast', en: 'Draft' },
    access: 'reader',
    menu: null,
    load: () => import('./draft.tsx'),
  },
  {
    path: '/applicability',
    title: { nb: 'Anvendelseserklæring', en: 'Statement of applicability' },
    access: 'reader',
    menu: 104,
    load: () => import('./applicability.tsx'),
  },
  {
    path: '/frameworks',
    title: { nb: 'Rammeverk', en: 'Frameworks' },
    access: 'reader',
    menu: 105,
    actions: [
      {
        title: { nb: 'Se krav som ingen kontroll møter', en: 'See requirements that no control meets' },
        to: '/frameworks?show=unmet',
        access: 'reader',
      },
    ],
    load: () => import('./frameworks.tsx'),
  },
  {
    path: '/policy-file',
    title: { nb: 'Policyen som fil', en: 'The policy as a file' },
    access: 'reader',
    menu: 106,
    load: () => import('./policy-file.tsx'),
  },
  {
    path: '/read-policy',
    title: { nb: 'Les inn en policy dere har', en: 'Read in a policy you have' },
    access: 'administrator',
    menu: 107,
    load: () => import('./read-policy.tsx'),
  },
]
