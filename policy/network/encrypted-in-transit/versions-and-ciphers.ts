import { check, choice, fails, holds, unknown } from '@hevd/core'
import { publicEndpoints } from '../../populations.ts'

const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']

/** A public end point agrees to no version older than the policy's and to no weak cipher. */
export const versionsAndCiphers = check('encrypted-in-transit/versions-and-ciphers', {
  of: publicEndpoints,
  parameters: { minimumTlsVersion: choice('TLSv1.2', 'TLSv1.3') },
  reads: () => ({}),
  judge: (endpoint, _readings, { minimumTlsVersion }) => {
    if (!endpoint.answered) return unknown('no-answer')
    const old = endpoint.versions.filter(
      (version) => versions.indexOf(version) < versions.indexOf(minimumTlsVersion),
    )
    if (old.length > 0) return fails('version-too-old', { versions: old })
    return endpoint.weakCiphers.length > 0 ? fails('cipher-weak', { ciphers: endpoint.weakCiphers }) : holds()
  },
})
