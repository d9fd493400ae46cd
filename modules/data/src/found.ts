import { scannedPlaces, sensitiveFinds, sensitiveKinds, type ValueOf } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import type { DataSet, FoundObject, ScannedPlace, SettlingFound } from './contract.ts'
import { enterWithin } from './data-sets.ts'
import { DataError } from './errors.ts'
import { foundPlaceFact, goneFoundPlace } from './found-facts.ts'
import { deleteFoundPlace, type FoundPlace, foundPlaces, putFoundPlace } from './found-store.ts'
import { type Act, changing, logged, type RegisterDeps, register } from './register.ts'
import { allDataSets, dataSetById } from './store.ts'

type Place = ValueOf<typeof scannedPlaces>
type Find = ValueOf<typeof sensitiveFinds>
type Where = { readonly place: string; readonly object: string }

/** The places that agents scan, those of which nothing was seen first. */
export async function scannedPlacesOf(
  { feeds }: RegisterDeps,
  tx: Tx,
  organisation: string,
): Promise<readonly ScannedPlace[]> {
  const kinds = ['postgres', 'mysql', 'logs'].map((kind) => scannedPlaces.ofKind(kind))
  const readings = await feeds.read(tx, organisation, kinds)
  const places = readings.flatMap(({ facts }) => facts.map(({ value }) => scannedPlaces.parse(value)))
  const rank = ({ state }: Place) => (state === 'not-scanned' ? 0 : state === 'partial' ? 1 : 2)
  return places
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'nb'))
    .map(({ host: _host, server: _server, binaryValues: _binary, ...place }) => place)
}

/** Tables and files in which scans found something, what nobody has said anything of first. */
export async function foundObjects(
  deps: RegisterDeps,
  tx: Tx,
  organisation: string,
): Promise<readonly FoundObject[]> {
  const readings = await deps.feeds.read(
    tx,
    organisation,
    sensitiveKinds.map((kind) => sensitiveFinds.ofKind(kind)),
  )
  const finds = readings.flatMap(({ facts }) => facts.map(({ value }) => sensitiveFinds.parse(value)))
  const places = new Map((await scannedPlacesOf(deps, tx, organisation)).map((place) => [place.id, place]))
  const said = new Map((await foundPlaces(tx, organisation)).map((one) => [keyOf(one), one]))
  const sets = await allDataSets(tx, organisation)
  return [...Map.groupBy(finds, keyOf).values()]
    .flatMap(([first, ...rest]): FoundObject[] => {
      if (first === undefined) return []
      const { place, object } = first
      const { dataSet = null, reason = null } = said.get(keyOf(first)) ?? {}
      const named = places.get(place)
      return [
        {
          place,
          placeName: named?.name ?? place,
          placeKind: named?.kind ?? 'postgres',
          object,
          finds: [first, ...rest].map(shown),
          dataSet: dataSet === null ? null : { id: dataSet, name: sets.get(dataSet)?.name ?? dataSet },
          reason,
        },
      ]
    })
    .toSorted(
      (a, b) =>
        Number(isSettled(a)) - Number(isSettled(b)) ||
        a.placeName.localeCompare(b.placeName, 'nb') ||
        a.object.localeCompare(b.object, 'nb'),
    )
}

const keyOf = ({ place, object }: Where) => `${place}/${object}`
const isSettled = ({ dataSet, reason }: FoundObject) => dataSet !== null || reason !== null

function shown({ host: _, place: __, object: ___, ...find }: Find) {
  return find
}

/** Enters what was found as a new set. Throws `no-such-find`, `not-valid-data-set` or `data-set-there`. */
export async function enterFound(
  deps: RegisterDeps,
  act: Act,
  { place, object, set }: Where & { readonly set: DataSet },
): Promise<void> {
  await changing(deps, act.organisation, async (tx) => {
    await checkFound(deps, tx, act.organisation, { place, object })
    await enterWithin(deps, tx, act, set)
    await settle(deps, tx, act, { place, object, dataSet: set.id, reason: null })
  })
}

/**
 * Ties what was found to a set, says why it is none, or takes either back. Throws `no-such-find` or `no-such-data-set`.
 */
export async function settleFound(deps: RegisterDeps, act: Act, said: SettlingFound): Promise<void> {
  const { place, object } = said
  await changing(deps, act.organisation, async (tx) => {
    if (said.as === 'open') {
      const before = await deleteFoundPlace(tx, act.organisation, { place, object })
      if (before === undefined) return
      await deps.feeds.remove(tx, act.organisation, register.name, [goneFoundPlace(before)])
      await logged(deps, tx, act.organisation, [
        { kind: 'data-find-opened', body: { find: before.id, by: act.by } },
      ])
      return
    }
    await checkFound(deps, tx, act.organisation, { place, object })
    const dataSet = said.as === 'set' ? said.dataSet : null
    if (dataSet !== null && (await dataSetById(tx, act.organisation, dataSet)) === undefined)
      throw new DataError('no-such-data-set')
    await settle(deps, tx, act, { place, object, dataSet, reason: said.as === 'none' ? said.reason : null })
  })
}

async function settle(
  deps: RegisterDeps,
  tx: Tx,
  { organisation, by }: Act,
  said: Omit<FoundPlace, 'id'>,
): Promise<void> {
  const put = await putFoundPlace(tx, organisation, said, by, deps.clock.now())
  await deps.feeds.put(tx, organisation, register.name, [foundPlaceFact(put)])
  // What tables and files are called may be personal, and so may a reason: the log has the find's id.
  await logged(deps, tx, organisation, [
    { kind: 'data-find-settled', body: { find: put.id, dataSet: put.dataSet, by } },
  ])
}

/** Throws `no-such-find`. */
async function checkFound(
  { feeds }: RegisterDeps,
  tx: Tx,
  organisation: string,
  { place, object }: Where,
): Promise<void> {
  const [reading] = await feeds.read(tx, organisation, [sensitiveFinds.ofPlace(place)])
  const found = (reading?.facts ?? []).some(({ value }) => sensitiveFinds.parse(value).object === object)
  if (!found) throw new DataError('no-such-find')
}
