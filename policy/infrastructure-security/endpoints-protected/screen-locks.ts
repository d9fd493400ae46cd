import { check, duration, fails, minus, none, unknown } from '@hevd/core'
import { screenLocks } from '@hevd/facts'
import { workstations } from '../../populations.ts'

/** The screen of every desktop locks by itself, in time, for every account. */
export const screenLocksInTime = check('endpoints-protected/screen-locks', {
  of: workstations,
  parameters: { screenLockWithin: duration },
  reads: (host) => ({ locks: screenLocks.ofHost(host.id) }),
  judge: (_host, { locks }, { screenLockWithin }) => {
    if (locks.facts.length === 0 && locks.unseen.length === 0) return unknown('no-desktop-known')
    const longest = -minus(0, screenLockWithin, 'UTC') / 1000
    return none(
      locks,
      ({ locks: doesLock, after }) => !doesLock || after === null || after > longest,
      (open) =>
        fails('screen-stays-open', { desktops: [...new Set(open.map(({ desktop }) => names[desktop]))] }),
    )
  },
})

const names = { gnome: 'GNOME', kde: 'KDE Plasma' } as const
