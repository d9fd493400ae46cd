import { expect, test } from 'vitest'
import { collectorDescriptions } from './descriptions.ts'
import { collectors } from './index.ts'

test('what every collector reads and sends is said, and of no other', () => {
  expect(Object.keys(collectorDescriptions).sort()).toEqual(collectors.map(({ name }) => name).sort())
})
