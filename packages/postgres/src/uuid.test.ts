import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUuid, uuidv7 } from './uuid.ts'

test('the example of RFC 9562, appendix A.6', () => {
  // rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F at the time 0x017F22E279B0.
  const random = () => Buffer.from('0cc318c4dc0c0c07398f', 'hex')
  expect(uuidv7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test('ids of later milliseconds sort after, and all are of version 7', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 1e9 }), (now, later) => {
      const [first, second] = [uuidv7(now), uuidv7(now + later)]
      expect(first < second).toBe(true)
      expect(first).toMatch(/^.{14}7.{4}[89ab]/)
      expect(isUuid(first)).toBe(true)
    }),
  )
})

test.each(['', 'x', "00000000-0000-7000-8000-000000000000'", '00000000-0000-7000-8000-00000000000G'])(
  '%j is no UUID',
  (text) => {
    expect(isUuid(text)).toBe(false)
  },
)
