/** The clouds whose word of a region is understood. An OpenStack is many providers, and tells its availability zone alone. */
export type Cloud = 'aws' | 'azure' | 'gcp' | 'hetzner' | 'openstack'

export type Located = { readonly cloud: Cloud; readonly region: string; readonly zone: string | null }

const name = /^[a-z0-9][a-z0-9-]{0,62}$/

/**
 * What a cloud calls the place, from the parts that it tells. Hetzner's region (`eu-central`) spans two countries, so its
 * location is taken, which its zone begins with (`hel1-dc2`); Google's region is its zone without the last letter. Null where
 * the cloud says nothing that is a name.
 */
export function located(
  cloud: Cloud,
  told: { readonly region: string | null; readonly zone: string | null },
): Located | null {
  const plain = (text: string | null) => {
    const small = text?.trim().toLowerCase() ?? ''
    return name.test(small) ? small : null
  }
  const zone = plain(told.zone)
  const region =
    cloud === 'hetzner'
      ? (zone?.split('-')[0] ?? null)
      : cloud === 'openstack'
        ? zone
        : cloud === 'gcp' && zone !== null
          ? zone.replace(/-[a-z]$/, '')
          : plain(told.region)
  return region === null ? null : { cloud, region, zone }
}
