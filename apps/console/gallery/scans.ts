import type { FoundObject, ScannedPlace } from '@hevd/data/contract'
import type { Amount } from './amount.ts'

const day = 86_400_000

export const foundCount = (amount: Amount): number => (amount === 'much' ? 340 : amount === 'little' ? 3 : 0)
export const scannedCount = (amount: Amount): number =>
  amount === 'much' ? 120 : amount === 'little' ? 3 : 0

const find = (over: Partial<FoundObject['finds'][number]>): FoundObject['finds'][number] => ({
  column: 'fodselsnummer',
  kind: 'national-id',
  detector: 'birth-number',
  count: 1204,
  of: 1204,
  encrypted: 0,
  confidence: 'high',
  lines: [],
  ...over,
})

export function foundAt(index: number): FoundObject {
  const kinds: readonly FoundObject[] = [
    {
      place: 'h0/5432/kunder',
      placeName: 'db1.oslo.example:5432/kunder',
      placeKind: 'postgres',
      object: 'public.kunde',
      finds: [
        find({}),
        find({ column: 'epost', kind: 'email', detector: 'email', count: 1198 }),
        find({ column: 'merknad', kind: 'card', detector: 'card-number', count: 3, confidence: 'low' }),
      ],
      dataSet: null,
      reason: null,
    },
    {
      place: 'h0/logs:/var/log/app',
      placeName: '/var/log/app',
      placeKind: 'logs',
      object: '/var/log/app/2026-06/application-with-a-long-name.log.1',
      finds: [
        find({
          column: null,
          kind: 'secret',
          detector: 'assigned-secret',
          count: 2,
          of: 90_211,
          lines: [17, 4021],
        }),
      ],
      dataSet: null,
      reason: 'Loggen er fra et testmiljø med oppdiktede passord.',
    },
    {
      place: 'h1/mysql:web1:3306/lonn',
      placeName: 'web1:3306/lonn',
      placeKind: 'mysql',
      object: 'ansatt',
      finds: [find({ column: 'konto', kind: 'bank-account', detector: 'bank-account', encrypted: 12 })],
      dataSet: { id: 'payroll', name: 'Lønn' },
      reason: null,
    },
  ]
  const one = kinds[index % kinds.length] ?? kinds[0]
  if (one === undefined) throw new RangeError('there is none')
  return index < kinds.length ? one : { ...one, object: `${one.object}_${index}` }
}

export function scannedAt(index: number, now: number): ScannedPlace {
  const states = ['not-scanned', 'sample', 'whole', 'partial'] as const
  const state = states[index % states.length] ?? 'whole'
  const isLogs = index % 5 === 4
  return {
    id: `h0/${index}`,
    name: isLogs ? `/var/log/app-${index}` : `db${index + 1}.oslo.example:5432/kunder`,
    kind: isLogs ? 'logs' : 'postgres',
    state,
    scannedAt: state === 'not-scanned' ? null : now - index * day * 0.1,
    objects: state === 'not-scanned' ? 0 : 41,
    ofObjects: 42,
    looked: state === 'not-scanned' ? 0 : 184_220,
    of: state === 'sample' ? 10_400_000 : 184_220,
    unit: isLogs ? 'bytes' : 'rows',
    open: state === 'sample' ? 0.0049 : 0,
    encryptedColumns: index % 3,
    gaps:
      state === 'not-scanned'
        ? [{ what: 'db1.oslo.example:5432/kunder', why: 'other-database' }]
        : state === 'partial'
          ? [
              { what: 'public.hemmelig', why: 'no-select' },
              { what: 'public.rader', why: 'row-security' },
            ]
          : [],
    gapCount: state === 'not-scanned' ? 1 : state === 'partial' ? 7 : 0,
  }
}
