import { expect, test } from 'vitest'
import { type FactType, seen } from './fact.ts'
import { each } from './population.ts'
import { reconciled } from './reconcile.ts'
import { judge } from './test.ts'
import { Moment } from './time.ts'
import { fails } from './verdict.ts'

type Host = { readonly id: string }
const type: FactType<Host> = {
  name: 'inventory-item',
  parse: () => ({ id: '' }),
  key: ({ id }) => id,
  scope: () => '-',
  label: ({ id }) => id,
  lookups: {},
  everywhere: '-',
}
const inventoryKnown = reconciled('monitored/inventory-known', {
  of: each(type, {
    title: { nb: 'Oversikten', en: 'The inventory' },
    source: { nb: 'Prøven', en: 'The test' },
    reconciledWith: { nb: 'Maskinregisteret', en: 'The register of hosts' },
    noneIsFine: false,
  }),
  foundBy: ({ id }) => ({ type: 'host', by: 'byKey', value: id, scope: '-' }),
  missing: ({ id }) => fails('not-in-register', { host: id }),
})

test('what one list has and the other lacks is judged, and only where the other was seen whole', () => {
  const say = (reading: ReturnType<typeof seen>) =>
    judge(
      inventoryKnown,
      { id: 'h1' },
      { there: reading },
      { values: {}, before: null },
      new Moment(0, 'UTC'),
    )
  expect(inventoryKnown.stages[0]?.lookups({ id: 'h1' }, {})).toMatchObject({
    there: { type: 'host', value: 'h1' },
  })
  expect(say(seen([{ id: 'h1' }])).verdict).toBe('holds')
  expect(say(seen([]))).toMatchObject({ verdict: 'fails', why: { code: 'not-in-register' } })
  expect(say({ facts: [], unseen: [{ code: 'silent', feed: 'f', since: 0 }] }).verdict).toBe('unknown')
})
