import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CopyPiece,
  isCopy,
  type Message,
  messagesOf,
  parseError,
  parseRow,
  parseWal,
  queryMessage,
  statusMessage,
} from './messages.ts'

const message = (type: string, body: Buffer) => {
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

async function* inParts(bytes: Buffer, cuts: readonly number[]) {
  const at = [0, ...[...cuts].sort((a, b) => a - b), bytes.length]
  for (const [index, end] of at.slice(1).entries()) yield bytes.subarray(at[index], end)
}

/** Pieces of a copied message put together again. */
const whole = (found: readonly (Message | CopyPiece)[]) =>
  found.reduce<{ type: string; body: Buffer }[]>((all, each) => {
    const last = all.at(-1)
    if (isCopy(each) && !each.first && last !== undefined) last.body = Buffer.concat([last.body, each.bytes])
    else all.push({ type: each.type, body: isCopy(each) ? each.bytes : each.body })
    return all
  }, [])

test('messages are the same in whatever parts they come, and the header of a copied one is in its first piece', async () => {
  const one = fc.record({
    type: fc.constantFrom('d', 'd', 'C', 'D', 'Z'),
    body: fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(one), fc.array(fc.nat(4000), { maxLength: 30 }), async (sent, cuts) => {
      const bytes = Buffer.concat(sent.map(({ type, body }) => message(type, body)))
      const found = (
        await Array.fromAsync(
          messagesOf(
            inParts(
              bytes,
              cuts.map((cut) => cut % (bytes.length + 1)),
            ),
          ),
        )
      ).flat()
      expect(whole(found)).toEqual(sent)
      const firsts = found.filter((each): each is CopyPiece => isCopy(each) && each.first)
      const copied = sent.filter(({ type }) => type === 'd')
      for (const [index, { bytes }] of firsts.entries())
        expect(bytes.length).toBeGreaterThanOrEqual(Math.min(25, copied[index]?.body.length ?? 0))
    }),
  )
})

test('rows, errors and what is sent are as the protocol has them', () => {
  const row = Buffer.from('0003' + '00000002' + '6162' + 'ffffffff' + '00000000', 'hex')
  expect(parseRow(row)).toEqual(['ab', null, ''])
  expect(parseError(Buffer.from('SERROR\0C58P01\0Mgone\0\0'))).toEqual({ code: '58P01', message: 'gone' })
  expect(queryMessage('æ')).toEqual(message('Q', Buffer.from('æ\0')))
})

test('a status says how far is written and how far is durable, and asks for an answer', () => {
  const status = statusMessage(0x1_0000_0010, 0x1_0000_0000, Date.UTC(2000, 0, 1) + 1)
  expect(status.toString('hex')).toBe(
    `64${'00000026'}${'72'}${'0000000100000010'}${'0000000100000000'}${'0000000100000000'}${'00000000000003e8'}01`,
  )
})

test('log and signs of life are told apart', () => {
  const head = Buffer.alloc(25)
  head.write('w', 'latin1')
  head.writeBigUInt64BE(0x3000000n, 1)
  expect(parseWal({ type: 'd', first: true, bytes: Buffer.concat([head, Buffer.from('log')]) })).toEqual({
    ...{ kind: 'data', lsn: 0x3000000, bytes: Buffer.from('log') },
  })
  const alive = Buffer.alloc(18)
  alive.write('k', 'latin1')
  alive.writeBigUInt64BE(0x4000000n, 1)
  expect(parseWal({ type: 'd', first: true, bytes: alive })).toEqual({ kind: 'alive', end: 0x4000000 })
  expect(parseWal({ type: 'd', first: false, bytes: head })).toEqual({ kind: 'more', bytes: head })
})
