import { check, duration, fails, holds, plus, unknown } from '@hevd/core'
import { publicEndpoints } from '../../populations.ts'

/** A public web service is reached over HTTPS only: plain HTTP sends on, and browsers are told to remember it. */
export const httpsOnly = check('encrypted-in-transit/https-only', {
  of: publicEndpoints,
  parameters: { hstsMinimumAge: duration },
  reads: () => ({}),
  judge: ({ id, answered, plainHttp, speaksHttp, hstsSeconds }, _readings, { hstsMinimumAge }) => {
    if (!answered) return unknown('no-answer')
    if (plainHttp === 'serves') return fails('plain-http-served')
    if (!speaksHttp) return holds()
    if (hstsSeconds === null) return fails('hsts-missing')
    if (hstsSeconds * 1000 < plus(0, hstsMinimumAge, 'UTC'))
      return fails('hsts-too-short', { seconds: hstsSeconds })
    return plainHttp === 'not-asked' && id.endsWith(':443') ? unknown('plain-http-not-asked') : holds()
  },
})
