import { hosts, listeningSockets, remotePaths, sshdSettings, type ValueOf } from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said, type World } from '../../world.ts'
import { approvedPaths } from './approved-paths.ts'
import { noClearText } from './no-clear-text.ts'
import { strongAlgorithms } from './strong-algorithms.ts'

type Socket = ValueOf<typeof listeningSockets>
type Setting = ValueOf<typeof sshdSettings>

const host = made.host()
const socket = (over: Partial<Socket>) =>
  said(listeningSockets, {
    host: 'h1',
    transport: 'tcp',
    address: '0.0.0.0',
    port: 22,
    reach: 'network',
    program: 'sshd',
    account: 'root',
    speaks: 'ssh',
    ...over,
  })
const world = (...facts: World['facts']): World => ({
  facts: [host, ...facts],
  seen: [hosts, listeningSockets, sshdSettings, remotePaths],
})

describe('nothing on a production host speaks a clear-text remote protocol to the network', () => {
  test.each<[string, Partial<Socket>, string]>([
    ['sshd', {}, 'holds'],
    ['telnet, the known-bad twin', { port: 23, speaks: 'telnet' }, 'fails'],
    ['telnet on another port', { port: 2323, speaks: 'telnet' }, 'fails'],
    ['telnet on loopback', { port: 23, speaks: 'telnet', address: '127.0.0.1', reach: 'loopback' }, 'holds'],
    ['ftp', { port: 21, speaks: 'ftp' }, 'fails'],
    ['ftp that offers TLS', { port: 21, speaks: 'ftp-tls' }, 'holds'],
    ['a database without TLS', { port: 5432, speaks: 'postgresql' }, 'fails'],
    ['plain HTTP', { port: 8080, speaks: 'http' }, 'fails'],
    ['plain HTTP that only sends on to HTTPS', { port: 80, speaks: 'http-redirect' }, 'holds'],
    ['something that answers nothing we know', { port: 9, speaks: 'unidentified' }, 'unknown'],
    ['mail without TLS', { port: 143, speaks: 'imap' }, 'fails'],
    ['mail that offers TLS', { port: 143, speaks: 'imap-tls' }, 'holds'],
    ['SNMP over UDP, of whatever version', { port: 161, transport: 'udp', speaks: null }, 'unknown'],
    ['only over one link', { port: 23, speaks: 'telnet', reach: 'link' }, 'fails'],
    ['DNS over UDP', { port: 53, transport: 'udp', speaks: null }, 'holds'],
  ])('%s', (_name, over, verdict) => {
    expect(judgedIn(world(socket(over)), noClearText)).toMatchObject({ h1: { verdict } })
  })

  test('one open telnet that was seen fails, whatever else could not be seen', () => {
    const partial = { type: 'listening-socket', scope: 'h1', state: 'partial', detail: 'udp' } as const
    const seen = { ...world(socket({ port: 23, speaks: 'telnet' })), unseen: [partial] }
    expect(judgedIn(seen, noClearText)).toMatchObject({
      h1: { verdict: 'fails', why: { code: 'clear-text-open' } },
    })
    expect(judgedIn({ ...world(socket({})), unseen: [partial] }, noClearText)).toMatchObject({
      h1: { verdict: 'unknown', why: { code: 'unseen-partial' } },
    })
  })

  test('a host that no agent has reported on is unknown', () => {
    expect(judgedIn({ facts: [host], seen: [hosts] }, noClearText)).toMatchObject({
      h1: { verdict: 'unknown', why: { code: 'unseen-never-connected' } },
    })
  })

  test('a workstation is not spoken of', () => {
    const desk = made.host({ role: 'workstation' })
    expect(
      judgedIn({ facts: [desk, socket({ speaks: 'telnet' })], seen: [listeningSockets] }, noClearText),
    ).toEqual({})
  })
})

describe('sshd offers none of the refused algorithms', () => {
  const parameters = { sshAlgorithmsRefused: ['*-cbc', 'hmac-sha1*', 'ssh-rsa'] }
  test.each<[string, Partial<Setting>, string]>([
    ['modern ones only', {}, 'holds'],
    ['a CBC cipher', { ciphers: ['aes128-ctr', 'aes128-cbc'] }, 'fails'],
    ['SHA-1 in any form', { macs: ['hmac-sha1-etm@openssh.com'] }, 'fails'],
    ['rsa-sha2-512 is not ssh-rsa', { hostKeyAlgorithms: ['rsa-sha2-512'] }, 'holds'],
    ['a server that does not run', { running: false, ciphers: ['3des-cbc'] }, 'holds'],
  ])('%s', (_name, over, verdict) => {
    expect(judgedIn(world(made.sshd(over)), strongAlgorithms, parameters, noon)).toMatchObject({
      h1: { verdict },
    })
  })

  test('names every weak algorithm once', () => {
    const both = world(
      made.sshd({ ciphers: ['aes128-cbc'] }),
      made.sshd({ account: 'backup', ciphers: ['aes128-cbc'] }),
    )
    expect(judgedIn(both, strongAlgorithms, parameters)).toMatchObject({
      h1: { why: { code: 'ssh-algorithms-weak', params: { algorithms: ['aes128-cbc'] } } },
    })
  })
})

describe('every way in is on the list of approved paths', () => {
  const path = said(remotePaths, { host: 'h1', kind: 'tunnel', name: 'cloudflared', evidence: 'process' })
  test('a tunnel that nobody approved', () => {
    expect(judgedIn(world(path), approvedPaths, { approvedTunnels: ['wireguard'] })).toMatchObject({
      h1: { verdict: 'fails', why: { params: { paths: ['cloudflared'] } } },
    })
  })
  test('the same tunnel, approved', () => {
    expect(judgedIn(world(path), approvedPaths, { approvedTunnels: ['cloudflared'] })).toMatchObject({
      h1: { verdict: 'holds' },
    })
  })
  test('none at all, and all of it seen', () => {
    const all = { ...world(), seen: [hosts, remotePaths], scopes: ['h1'] }
    expect(judgedIn(all, approvedPaths, { approvedTunnels: [] })).toMatchObject({ h1: { verdict: 'holds' } })
  })
})
