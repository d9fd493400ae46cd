import { after, type CalendarDate, dateOf, endOfDate, isDuration } from '@hevd/core'
import type { Ask } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { type ResidencyContext, zoneOf } from './context.ts'
import { allAttestations, allSubprocessors, type StoredAttestation } from './store/subprocessors.ts'

/** So long before it ends, a new attestation is asked for. */
const askedBefore = 'P30D'

/** A payment provider whose PCI attestation ends soon, has ended, or was never recorded: one ask for all of them. */
export async function residencyAsks(
  context: ResidencyContext,
  tx: Tx,
  organisation: string,
): Promise<readonly Ask[]> {
  const providers = [...(await allSubprocessors(tx, organisation)).values()].filter(
    ({ payments }) => payments,
  )
  if (providers.length === 0) return []
  const parameters = await context.parametersOf(tx, organisation, 'payment-data-delegated')
  const every = parameters?.attestEvery
  const zone = await zoneOf(tx, organisation)
  const soon = String(after(dateOf(context.clock.now(), zone), askedBefore, zone))
  const attestations = Map.groupBy(
    await allAttestations(tx, organisation),
    ({ subprocessor }) => subprocessor,
  )
  const lapsing = providers.flatMap(({ id }) => {
    const ends = (attestations.get(id) ?? []).map((one) =>
      endOf(one, typeof every === 'string' && isDuration(every) ? every : 'P1Y'),
    )
    const last = ends.sort().at(-1) ?? null
    return last === null || last <= soon ? [last] : []
  })
  if (lapsing.length === 0) return []
  const [first] = lapsing.filter((date) => date !== null).sort()
  const one = lapsing.length === 1
  return [
    {
      ...{ id: 'pci-attestations', kind: 'pci-attestations', since: null, urgent: false },
      title: {
        nb: one ? 'En PCI-attest må fornyes' : `${lapsing.length} PCI-attester må fornyes`,
        en: one ? 'A PCI attestation must be renewed' : `${lapsing.length} PCI attestations must be renewed`,
      },
      what: {
        nb: 'En betalingsleverandør må vise en ny attest for at den etterlever PCI DSS. Be om den, og før den opp.',
        en: 'A payment provider must show a new attestation that it complies with PCI DSS. Ask for it, and record it.',
      },
      action: { nb: 'Se underdatabehandlerne', en: 'See the subprocessors' },
      to: '/residency/subprocessors',
      deadline: first === undefined || lapsing.includes(null) ? null : endOfDate(first, zone),
      of: ({ role }) => role === 'administrator',
    },
  ]
}

/** The last day on which it counts: its own, or the policy’s where that is earlier. */
function endOf({ signedOn, validUntil }: StoredAttestation, every: string): CalendarDate {
  const byPolicy = String(after(signedOn, every, 'UTC'))
  return validUntil !== null && validUntil < byPolicy ? validUntil : byPolicy
}
