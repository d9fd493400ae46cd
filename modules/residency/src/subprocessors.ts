import { pciAttestations, subprocessors } from '@hevd/facts'
import { uuidv7 } from '@hevd/postgres'
import { type Act, changing, logged, type ResidencyContext, register, today } from './context.ts'
import { type Attestation, type ListedSubprocessor, type Subprocessor, subprocessor } from './contract.ts'
import { subprocessorFaults } from './domain/rules.ts'
import { ResidencyError } from './errors.ts'
import type { Part } from './kept.ts'
import { attestationFact, subprocessorFact } from './said.ts'
import { customersOf } from './store/customers.ts'
import {
  addAttestation,
  allAttestations,
  allSubprocessors,
  endSubprocessor,
  putSubprocessor,
  withdrawAttestation,
} from './store/subprocessors.ts'

type IsCustomer = (id: string) => boolean

/** Subprocessors and support. Names, and whose data they reach, stay out of the log. */
export const subprocessorPart: Part<Subprocessor, IsCustomer> = {
  type: subprocessors.name,
  fields: subprocessor.keyof().options,
  missing: 'no-such-subprocessor',
  kinds: { entered: 'subprocessor-entered', changed: 'subprocessor-changed', ended: 'subprocessor-ended' },
  async around(_context, tx, organisation, items) {
    const known = await customersOf(
      tx,
      organisation,
      items.flatMap(({ reaches }) => reaches ?? []),
    )
    return (id) => known.has(id)
  },
  faultsOf: subprocessorFaults,
  read: (tx, organisation) => allSubprocessors(tx, organisation),
  async put(tx, organisation, items, now) {
    for (const item of items) await putSubprocessor(tx, organisation, item, now)
  },
  end: endSubprocessor,
  async facts(tx, organisation, ids) {
    const all = await allSubprocessors(tx, organisation)
    return ids.flatMap((id) => all.get(id) ?? []).map(subprocessorFact)
  },
  logs: async (_tx, _organisation, items) =>
    items.map(({ id, kind, places, reaches, payments, since }) => ({
      subprocessor: id,
      said: { kind, places, payments, since, reaches: reaches === null ? 'everybody' : reaches.length },
    })),
}

export function listSubprocessors(
  { db }: Pick<ResidencyContext, 'db'>,
  organisation: string,
): Promise<ListedSubprocessor[]> {
  return db.transaction(organisation, async (tx) => {
    const attestations = Map.groupBy(await allAttestations(tx, organisation), ({ subprocessor: of }) => of)
    return [...(await allSubprocessors(tx, organisation)).values()].map((given) => ({
      ...given,
      attestations: (attestations.get(given.id) ?? []).map(
        ({ subprocessor: _, ...attestation }) => attestation,
      ),
    }))
  })
}

/**
 * Records what a payment provider has shown. Throws `no-such-subprocessor`, `no-payments`, or `not-valid-entry` where it was
 * signed on a day to come or ends before it began.
 */
export async function attest(
  context: ResidencyContext,
  { organisation, by }: Act,
  of: string,
  given: Attestation,
): Promise<void> {
  await changing(context, organisation, async (tx) => {
    const provider = (await allSubprocessors(tx, organisation)).get(of)
    if (provider === undefined) throw new ResidencyError('no-such-subprocessor')
    if (!provider.payments) throw new ResidencyError('no-payments')
    if (given.signedOn > (await today(context, tx, organisation)))
      throw new ResidencyError('not-valid-entry', {
        nb: 'Attesten kan ikke være datert fram i tid.',
        en: 'The attestation cannot be dated in the future.',
      })
    if (given.validUntil !== null && given.validUntil < given.signedOn)
      throw new ResidencyError('not-valid-entry', {
        nb: 'Attesten kan ikke slutte å gjelde før den ble signert.',
        en: 'The attestation cannot end before it was signed.',
      })
    const now = context.clock.now()
    const stored = { ...given, id: uuidv7(now), subprocessor: of, recordedAt: now }
    await addAttestation(tx, organisation, stored, by)
    await context.feeds.put(tx, organisation, register.name, [attestationFact(stored)])
    const { level, version, signedOn, validUntil, evidence } = given
    const body = {
      attestation: stored.id,
      subprocessor: of,
      level,
      version,
      signedOn,
      validUntil,
      evidence,
      by,
    }
    await logged(context, tx, organisation, [{ kind: 'pci-attestation-recorded', body }])
  })
}

/** Takes an attestation back that was recorded wrongly. Throws `no-such-attestation`. */
export async function withdraw(
  context: ResidencyContext,
  { organisation, by }: Act,
  id: string,
): Promise<void> {
  await changing(context, organisation, async (tx) => {
    if (!(await withdrawAttestation(tx, organisation, id, context.clock.now())))
      throw new ResidencyError('no-such-attestation')
    await context.feeds.remove(tx, organisation, register.name, [{ type: pciAttestations.name, key: id }])
    await logged(context, tx, organisation, [
      { kind: 'pci-attestation-withdrawn', body: { attestation: id, by } },
    ])
  })
}
