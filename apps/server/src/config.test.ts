import { describe, expect, test } from 'vitest'
import { isLoopback, readConfig } from './config.ts'

describe('settings', () => {
  test('as root and as somebody else, with nothing set', () => {
    expect(readConfig({}, true)).toMatchObject({ home: '/var/lib/hevd', port: 4383, address: '127.0.0.1' })
    expect(readConfig({}, false).home).toMatch(/\/\.hevd$/)
  })

  test('agents of other hosts are listened for when their port or address is set, and not otherwise', () => {
    expect(readConfig({}, true).agents).toBeNull()
    expect(readConfig({ HEVD_AGENTS_PORT: '4400' }, true).agents).toEqual({
      address: '0.0.0.0',
      port: 4400,
      origin: null,
      certificateLife: 'P7D',
      newAuthority: false,
    })
    expect(readConfig({ HEVD_AGENTS_ADDRESS: '::1' }, true).agents).toMatchObject({
      address: '::1',
      port: 4385,
    })
  })

  test.each<[string, Record<string, string>, string]>([
    ['a port that is none', { HEVD_PORT: '70000' }, 'HEVD_PORT'],
    ['a port with letters', { HEVD_PORT: '80a' }, 'HEVD_PORT'],
    ['an origin with a path', { HEVD_ORIGIN: 'https://example.org/hevd' }, 'HEVD_ORIGIN'],
    ['a PostgreSQL that is neither', { HEVD_POSTGRES: 'sqlite' }, 'HEVD_POSTGRES'],
    ['a certificate without its key', { HEVD_TLS_CERT: '/c.pem' }, 'HEVD_TLS_KEY'],
    ['a witness without its key', { HEVD_WITNESSES: 'https://w.example' }, 'HEVD_WITNESSES'],
    ['a port for agents that is none', { HEVD_AGENTS_PORT: 'x' }, 'HEVD_AGENTS_PORT'],
    [
      'a life of certificates that is no duration',
      { HEVD_AGENTS_PORT: '1', HEVD_AGENTS_CERTIFICATE: 'a week' },
      'HEVD_AGENTS_CERTIFICATE',
    ],
    [
      'an authority that is not to be new',
      { HEVD_AGENTS_PORT: '1', HEVD_AGENTS_AUTHORITY: 'yes' },
      'HEVD_AGENTS_AUTHORITY',
    ],
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
