import type { Case, CaseEvent, Opening } from './case.ts'
import { choice, date, duration, text } from './parameters.ts'
import { each } from './population.ts'
import { procedure } from './procedure.ts'
import { either, notBefore, otherThan, step } from './step.ts'
import { told } from './told.ts'
import { fails } from './verdict.ts'

export const zone = 'Europe/Oslo'
export const hour = 3_600_000

export type Device = { readonly id: string; readonly opened: Opening; readonly gone: boolean }
const devices = each<Device>(
  {
    name: 'device',
    parse: () => {
      throw new Error('not stored')
    },
    key: ({ id }) => id,
    scope: () => '-',
    label: ({ id }) => id,
    lookups: {},
    everywhere: '-',
  },
  {
    title: { nb: 'Enheter', en: 'Devices' },
    source: { nb: 'Prøven', en: 'The test' },
    reconciledWith: null,
    noneIsFine: true,
  },
)
const events = told(
  (device: Device) => ({ type: 'case-event', by: 'ofCase', value: device.id, scope: '-' }),
  (event: CaseEvent) => event,
)

const inventoried = step('inventoried', { needs: { serialNumber: text, medium: choice('disk', 'flash') } })

/** A device leaves only in this order. */
export const disposal = procedure('disposal', {
  of: devices,
  parameters: { eraseWithin: duration },
  opened: ({ opened }) => opened,
  events,
  isOver: ({ gone }) => gone,
  steps: [
    inventoried,
    step('backed-up', { needs: either({ backupReference: text }, { reasonForNone: text }) }),
    step('erased', {
      needs: { method: choice('overwrite', 'crypto-erase') },
      within: 'eraseWithin',
      fits: ({ method }, earlier) =>
        method === 'overwrite' && earlier.of(inventoried)?.medium === 'flash'
          ? fails('method-unsuited', { method })
          : null,
      orElse: step('destroyed', { needs: { destroyedOn: date } }),
    }),
    step('verified', { guards: [otherThan('erased', 'destroyed'), notBefore('PT1H', 'erased')] }),
  ],
  cancel: { until: 'erased' },
  never: [
    ({ done, opened }) => (done.get('destroyed')?.by === opened.by ? fails('destroyed-by-opener', {}) : null),
  ],
})

export const opened: Opening = { by: 'kari', at: 0 }
export const empty: Case = { opened, events: [] }

export function did(
  name: string,
  at: number,
  evidence: { readonly [name: string]: unknown } = {},
  by = 'kari',
): CaseEvent {
  return { kind: 'step', step: name, by, at: at * hour, evidence }
}

/** The whole way, in order, with flash and the key thrown away. */
export const whole: readonly CaseEvent[] = [
  did('inventoried', 1, { serialNumber: 'A1', medium: 'flash' }),
  did('backed-up', 2, { reasonForNone: 'test machine' }),
  did('erased', 3, { method: 'crypto-erase' }),
  did('verified', 5, {}, 'ola'),
]
