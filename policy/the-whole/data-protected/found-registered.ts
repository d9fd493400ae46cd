import { check, fails, holds, unknown, unseen } from '@hevd/core'
import { dataSetPlaces, sensitiveFinds } from '@hevd/facts'
import { scannedDatabases } from '../../populations.ts'

/**
 * Every table in which a scan found something sensitive belongs to a set of the register, or a person has said why it is
 * none. Encrypted columns are not seen into, so that a table that holds those alone is not among them.
 */
export const foundRegistered = check('data-protected/found-registered', {
  of: scannedDatabases,
  reads: ({ id }) => ({ finds: sensitiveFinds.ofPlace(id), places: dataSetPlaces.ofPlace(id) }),
  judge: (place, { finds, places }) => {
    const known = new Set(places.facts.map(({ value }) => value.object))
    const tables = finds.facts.flatMap(({ value }) =>
      value.confidence === 'low' || known.has(value.object) ? [] : [value.object],
    )
    // A register in which nothing was ever entered says of nothing that it belongs to a set.
    const unheard = places.unseen.filter(({ code }) => code !== 'never-connected')
    const [missing] = [...finds.unseen, ...unheard]
    if (unheard.length === 0 && tables.length > 0) {
      const names = [...new Set(tables)].sort()
      return fails('found-unregistered', { tables: names.slice(0, 5), count: names.length })
    }
    if (missing !== undefined) return unseen(missing)
    return place.scannedAt === null ? unknown('place-not-scanned') : holds()
  },
})
