import { check, dateOf, duration, fails, holds, minus, unknown } from '@hevd/core'
import { publicEndpoints } from '../../populations.ts'

/** The certificate of a public end point is trusted for its name and is renewed in good time. */
export const certificateValid = check('encrypted-in-transit/certificate-valid', {
  of: publicEndpoints,
  parameters: { renewBefore: duration },
  reads: () => ({}),
  judge: ({ answered, chain, notAfter }, _readings, { renewBefore }, moment) => {
    if (!answered) return unknown('no-answer')
    const on = dateOf(notAfter, moment.zone)
    if (moment.passed(notAfter)) return fails('certificate-expired', { on })
    if (chain !== 'ok') return fails('certificate-not-trusted', { problem: chain })
    if (moment.passed(minus(notAfter, renewBefore, moment.zone)))
      return fails('certificate-expires-soon', { on })
    return holds()
  },
})
