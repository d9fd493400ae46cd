import { expect, test } from 'vitest'
import { crc32c } from './crc32c.ts'

const ascending = Buffer.from(Array.from({ length: 32 }, (_, at) => at))

test.each([
  ['32 bytes of 0', Buffer.alloc(32), 0x8a9136aa],
  ['32 bytes of 0xff', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['0 to 31', ascending, 0x46dd794e],
  ['31 to 0', Buffer.from(ascending).reverse(), 0x113fdb5c],
  ['123456789', Buffer.from('123456789'), 0xe3069283],
  ['nothing', Buffer.alloc(0), 0],
])('RFC 3720, B.4: %s', (_, bytes, sum) => expect(crc32c(bytes)).toBe(sum))
