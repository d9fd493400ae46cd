import type { Screen } from '@hevd/ui'

/** The vault: its keys, who may use them, and how its root key is kept. */
export const screens: readonly Screen[] = [
  {
    path: '/keys',
    title: { nb: 'Nøkler', en: 'Keys' },
    access: 'reader',
    menu: 101,
    actions: [
      { title: { nb: 'Lag en nøkkel', en: 'Make a key' }, to: '/keys?make=yes', access: 'administrator' },
      {
        title: { nb: 'Be om å få bruke en nøkkel', en: 'Ask to use a key' },
        to: '/key-grants?ask=yes',
        access: 'reader',
      },
    ],
    load: () => import('./keys.tsx'),
  },
  {
    path: '/keys/$name',
    title: { nb: 'En nøkkel', en: 'A key' },
    access: 'reader',
    menu: null,
    load: () => import('./key.tsx'),
  },
  {
    path: '/key-grants',
    title: { nb: 'Tildelinger av nøkler', en: 'Key grants' },
    access: 'reader',
    menu: null,
    load: () => import('./grants.tsx'),
  },
  {
    path: '/key-tokens',
    title: { nb: 'Tokener for nøkler', en: 'Key tokens' },
    access: 'reader',
    menu: null,
    load: () => import('./tokens.tsx'),
  },
  {
    path: '/root-key',
    title: { nb: 'Rotnøkkelen', en: 'The root key' },
    access: 'reader',
    menu: null,
    actions: [
      {
        title: { nb: 'Gi din del av rotnøkkelen', en: 'Give your share of the root key' },
        to: '/root-key',
        access: 'reader',
      },
    ],
    load: () => import('./root-key.tsx'),
  },
  {
    path: '/key-stores',
    title: { nb: 'Andre nøkkellagre', en: 'Key stores elsewhere' },
    access: 'reader',
    menu: null,
    load: () => import('./stores.tsx'),
  },
]
