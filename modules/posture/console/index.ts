import type { Screen } from '@hevd/ui'

/** The policy and what is known of it. */
export const screens: readonly Screen[] = [
  {
    path: '/',
    title: { nb: 'Policy', en: 'Policy' },
    access: 'reader',
    menu: 1,
    load: () => import('./policy.tsx'),
  },
  {
    path: '/controls/$id',
    title: { nb: 'Kontroll', en: 'Control' },
    access: 'reader',
    menu: null,
    load: () => import('./control.tsx'),
  },
  {
    path: '/findings',
    title: { nb: 'Funn', en: 'Findings' },
    access: 'reader',
    menu: 10,
    actions: [
      {
        title: { nb: 'Se alt som ikke er overholdt', en: 'See all that is not upheld' },
        to: '/findings?state=fails',
        access: 'reader',
      },
    ],
    load: () => import('./findings.tsx'),
  },
  {
    path: '/subject',
    title: { nb: 'Kontrollobjekt', en: 'Subject' },
    access: 'reader',
    menu: null,
    load: () => import('./subject.tsx'),
  },
  {
    path: '/evidence',
    title: { nb: 'Grunnlag', en: 'Evidence' },
    access: 'reader',
    menu: null,
    load: () => import('./evidence.tsx'),
  },
  {
    path: '/exceptions',
    title: { nb: 'Unntak', en: 'Exceptions' },
    access: 'reader',
    menu: 20,
    load: () => import('./exceptions.tsx'),
  },
  {
    path: '/periods',
    title: { nb: 'Perioder', en: 'Periods' },
    access: 'reader',
    menu: 103,
    load: () => import('./periods.tsx'),
  },
  {
    path: '/periods/$id',
    title: { nb: 'Periode', en: 'Period' },
    access: 'auditor',
    menu: null,
    load: () => import('./period.tsx'),
  },
  {
    path: '/periods/$id/controls/$control',
    title: { nb: 'Kontroll i en periode', en: 'Control in a period' },
    access: 'auditor',
    menu: null,
    load: () => import('./period-control.tsx'),
  },
  {
    path: '/periods/$id/sample',
    title: { nb: 'Stikkprøve', en: 'Sample' },
    access: 'auditor',
    menu: null,
    load: () => import('./period-sample.tsx'),
  },
]
