import type { Said } from '@hevd/facts'

/** A look at a made host: which of its accounts exist, and with which shell, follows from `seed` alone. */
export function madeFacts(seed: number, size = 40): Said[] {
  return Array.from({ length: size }, (_, at) => ({ at, dice: mixed(seed * 131 + at) })).flatMap(
    ({ at, dice }) =>
      dice % 4 === 0
        ? []
        : [
            {
              type: 'account',
              value: {
                host: 'h1',
                name: `user${at}`,
                uid: at,
                gid: 0,
                home: '/',
                shell: dice % 16 === 1 ? `/bin/shell${dice % 97}` : '/bin/sh',
                shellOpens: true,
              },
            },
          ],
  )
}

/** Steele and Vigna's mixing function: neighbouring seeds give unlike numbers. */
function mixed(seed: number): number {
  let z = (seed + 0x9e3779b9) | 0
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}
