import { describe, expect, test } from 'vitest'
import { isLoopback, readConfig } from './config.ts'

describe('settings', () => {
  test('as root and as somebody else, with nothing set', () => {
    expect(readConfig({}, true)).toMatchObject({ home: '/var/lib/hevd', port: 4383, address: '127.0.0.1' })
    expect(readConfig({}, false).home).toMatch(/\/\.hevd$/)
  })

  test.each<[string, Record<string, string>, string]>([
    ['a port that is none', { HEVD_PORT: '70000' }, 'HEVD_PORT'],
    ['a port with letters', { HEVD_PORT: '80a' }, 'HEVD_PORT'],
    ['an origin with a path', { HEVD_ORIGIN: 'https://example.org/hevd' }, 'HEVD_ORIGIN'],
    ['a PostgreSQL that is neither', { HEVD_POSTGRES: 'sqlite' }, 'HEVD_POSTGRES'],
    ['a certificate without its key', { HEVD_TLS_CERT: '/c.pem' }, 'HEVD_TLS_KEY'],
    ['a witness without its key', { HEVD_WITNESSES: 'https://w.example' }, 'HEVD_WITNESSES'],
    ['the network without TLS', { HEVD_ADDRESS: '0.0.0.0' }, 'HEVD_TLS_CERT'],
  ])('%s is refused by name, in both languages', (_name, environment, named) => {
    try {
      readConfig(environment, false)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        words: { nb: expect.stringContaining(named), en: expect.stringContaining(named) },
      })
    }
  })

  test.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['localhost', true],
    ['127.evil.example', false],
    ['0.0.0.0', false],
  ])('%s is loopback: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected)
  })
})
