import { screens as access } from '@hevd/access/console'
import { screens as amendments } from '@hevd/amendments/console'
import { screens as backups } from '@hevd/backups/console'
import { screens as data } from '@hevd/data/console'
import { screens as feeds } from '@hevd/feeds/console'
import { screens as hosts } from '@hevd/hosts/console'
import { screens as identity } from '@hevd/identity/console'
import { screens as keys } from '@hevd/keys/console'
import { screens as ledger } from '@hevd/ledger/console'
import { screens as notices } from '@hevd/notices/console'
import { screens as people } from '@hevd/people/console'
import { screens as posture } from '@hevd/posture/console'
import { screens as residency } from '@hevd/residency/console'
import { screens as trust, controlParts as trustParts } from '@hevd/trust/console'
import type { ControlPart, Screen } from '@hevd/ui'

/** Every page of the console: those of the modules, and the one that gathers work from all of them. */
export const screens: readonly Screen[] = [
  ...posture,
  ...amendments,
  {
    path: '/asked',
    title: { nb: 'Til deg', en: 'Asked of you' },
    access: 'reader',
    menu: 5,
    load: () => import('./asked/asked.tsx'),
  },
  ...people,
  ...access,
  ...keys,
  ...backups,
  ...data,
  ...residency,
  ...hosts,
  ...feeds,
  ...ledger,
  ...trust,
  ...notices,
  ...identity,
]

/** What modules add to the page of a control. */
export const controlParts: readonly ControlPart[] = [...trustParts]
