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
    if (endpoint.versions.length === 0) return unknown('no-version')
    const old = endpoint.versions.filter(
      (version) => versions.indexOf(version) < versions.indexOf(minimumTlsVersion),
    )
    if (old.length > 0) return fails('version-too-old', { versions: old })
    if (endpoint.weakCiphers.length > 0) return fails('cipher-weak', { ciphers: endpoint.weakCiphers })
    const asked = [...endpoint.versions, ...endpoint.refusedVersions]
    const unasked = versions
      .slice(0, versions.indexOf(minimumTlsVersion))
      .filter((version) => !asked.includes(version))
    return unasked.length > 0 ? unknown('version-not-asked', { versions: unasked }) : holds()
  },
})
