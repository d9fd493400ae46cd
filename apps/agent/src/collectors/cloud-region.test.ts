import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { hostRegions } from '@hevd/facts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { lookAtNothingElse } from '../config.ts'
import { firstSeenInMemory } from '../first-seen.ts'
import { hostAccess } from '../host/access.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { cloudRegionFrom } from './cloud-region.ts'

cleansUpBy(onTestFinished)

const nowhere = 'http://127.0.0.1:9'

async function look(files: { readonly [path: string]: string }, address = nowhere, cloudMetadata = true) {
  const folder = folderWith(files)
  const access = hostAccess({
    host: { id: 'h1', name: 'here' },
    root: folder.path,
    isRoot: true,
    kernel: { release: '6.1', version: '#1' },
    firstSeen: firstSeenInMemory(),
    now: () => 0,
    look: { ...lookAtNothingElse, cloudMetadata },
  })
  const { facts, coverage } = await cloudRegionFrom(address).collect(access)
  return { regions: facts.map(({ value }) => hostRegions.parse(value)), state: coverage[0]?.state, coverage }
}

const firmware = (of: { readonly [field: string]: string }) =>
  Object.fromEntries(Object.entries(of).map(([field, says]) => [`sys/class/dmi/id/${field}`, `${says}\n`]))

/**
 * Stands in for a cloud's metadata service: none can be had here. It answers as their documents say, and refuses what they
 * refuse; the real ones are met first on a user's own machine.
 */
async function standIn(
  answers: (request: IncomingMessage) => { status?: number; headers?: Record<string, string>; body: string },
) {
  const asked: string[] = []
  const server = createServer((request, reply) => {
    asked.push(`${request.method} ${request.url}`)
    const { status = 200, headers = {}, body } = answers(request)
    reply.writeHead(status, headers).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
  })
  const bound = server.address()
  return { address: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`, asked }
}
const refused = { status: 401, body: '' }
const absent = { status: 404, body: '' }

const cloudInit = (v1: object) => ({ 'run/cloud-init/instance-data.json': JSON.stringify({ v1 }) })

describe('what cloud-init wrote down', () => {
  test.each<[string, object, { cloud: string; region: string; zone: string | null }]>([
    [
      'AWS',
      { cloud_name: 'aws', region: 'eu-north-1', availability_zone: 'eu-north-1b' },
      { cloud: 'aws', region: 'eu-north-1', zone: 'eu-north-1b' },
    ],
    [
      'Azure, without a zone',
      { cloud_name: 'azure', region: 'norwayeast', availability_zone: null },
      { cloud: 'azure', region: 'norwayeast', zone: null },
    ],
    [
      'Google',
      { cloud_name: 'gce', region: 'europe-north1', availability_zone: 'europe-north1-a' },
      { cloud: 'gcp', region: 'europe-north1', zone: 'europe-north1-a' },
    ],
    [
      'Hetzner, whose region spans two countries: its location',
      { cloud_name: 'hetzner', region: 'eu-central', availability_zone: 'hel1-dc2' },
      { cloud: 'hetzner', region: 'hel1', zone: 'hel1-dc2' },
    ],
    [
      'OpenStack, which tells its zone alone',
      { cloud_name: 'openstack', region: null, availability_zone: 'nova' },
      { cloud: 'openstack', region: 'nova', zone: 'nova' },
    ],
  ])('%s', async (_name, v1, expected) => {
    expect((await look(cloudInit(v1))).regions).toEqual([{ host: 'h1', ...expected, by: 'cloud-init' }])
  })
  test.each<[string, { readonly [path: string]: string }]>([
    ['no cloud', cloudInit({ cloud_name: 'none', region: null })],
    ['a file that is no JSON', { 'run/cloud-init/instance-data.json': '{' }],
    ['hardware of one’s own', firmware({ sys_vendor: 'Dell Inc.', product_name: 'PowerEdge R750' })],
    ['nothing at all', {}],
  ])('%s: looked at whole, and nothing found; nobody is asked', async (_name, files) => {
    expect(await look(files)).toMatchObject({ regions: [], state: 'complete' })
  })
})

describe('the metadata service, of a stand-in', () => {
  test('AWS: a session token first, or nothing is told', async () => {
    const { address, asked } = await standIn(({ method, url, headers }) => {
      if (url === '/latest/api/token')
        return method === 'PUT' && headers['x-aws-ec2-metadata-token-ttl-seconds'] !== undefined
          ? { body: 'T' }
          : refused
      if (headers['x-aws-ec2-metadata-token'] !== 'T') return refused
      return { body: url?.endsWith('/region') ? 'eu-west-1' : 'eu-west-1c' }
    })
    const { regions } = await look(firmware({ sys_vendor: 'Amazon EC2' }), address)
    expect(regions).toEqual([
      { host: 'h1', cloud: 'aws', region: 'eu-west-1', zone: 'eu-west-1c', by: 'metadata' },
    ])
    expect(asked).toEqual([
      'PUT /latest/api/token',
      'GET /latest/meta-data/placement/region',
      'GET /latest/meta-data/placement/availability-zone',
    ])
  })
  test('Azure', async () => {
    const { address } = await standIn(({ url, headers }) => {
      if (headers.metadata !== 'true' || headers['x-forwarded-for'] !== undefined) return refused
      return { body: url?.includes('/location') ? 'swedencentral' : '' }
    })
    const tag = firmware({
      sys_vendor: 'Microsoft Corporation',
      chassis_asset_tag: '7783-7084-3265-9085-8269-3286-77',
    })
    expect((await look(tag, address)).regions).toMatchObject([
      { cloud: 'azure', region: 'swedencentral', zone: null },
    ])
  })
  test('a Hyper-V of one’s own is no Azure', async () => {
    const { address, asked } = await standIn(() => ({ body: 'swedencentral' }))
    const own = firmware({ sys_vendor: 'Microsoft Corporation', product_name: 'Virtual Machine' })
    expect(await look(own, address)).toMatchObject({ regions: [], state: 'complete' })
    expect(asked).toEqual([])
  })
  test('Google: what does not say that it is Google’s is not believed', async () => {
    const zone = (headers: Record<string, string>) => () => ({
      headers,
      body: 'projects/17/zones/europe-west4-b',
    })
    const google = firmware({ product_name: 'Google Compute Engine' })
    const { address } = await standIn(zone({ 'metadata-flavor': 'Google' }))
    expect((await look(google, address)).regions).toMatchObject([{ cloud: 'gcp', region: 'europe-west4' }])
    const other = await standIn(zone({}))
    expect(await look(google, other.address)).toMatchObject({ regions: [], state: 'failed' })
  })
  test('Hetzner and OpenStack', async () => {
    const hetzner = await standIn(({ url }) =>
      url === '/hetzner/v1/metadata/availability-zone' ? { body: 'fsn1-dc14' } : absent,
    )
    expect((await look(firmware({ sys_vendor: 'Hetzner' }), hetzner.address)).regions).toMatchObject([
      { cloud: 'hetzner', region: 'fsn1' },
    ])
    const stack = await standIn(({ url }) =>
      url === '/openstack/latest/meta_data.json'
        ? { body: '{"uuid":"x","availability_zone":"osl-1"}' }
        : absent,
    )
    expect((await look(firmware({ product_name: 'OpenStack Nova' }), stack.address)).regions).toMatchObject([
      { cloud: 'openstack', region: 'osl-1' },
    ])
  })

  test.each<[string, { status?: number; headers?: Record<string, string>; body: string }]>([
    ['an error', { status: 500, body: '' }],
    ['a redirect elsewhere', { status: 302, headers: { location: 'http://example.org/' }, body: '' }],
    ['what is no name', { body: '<html>' }],
    ['too much', { body: 'x'.repeat(100_000) }],
  ])('%s is not seen, and says so: silence is not “no cloud”', async (_name, answer) => {
    const { address } = await standIn(() => answer)
    const { regions, coverage } = await look(firmware({ sys_vendor: 'Hetzner' }), address)
    expect(regions).toEqual([])
    expect(coverage).toMatchObject([{ state: 'failed', detail: expect.stringContaining('hetzner') }])
  })
  test('where the agent is told not to ask, it does not, and says what is missing', async () => {
    const { address, asked } = await standIn(() => ({ body: 'fsn1-dc14' }))
    expect(await look(firmware({ sys_vendor: 'Hetzner' }), address, false)).toMatchObject({
      regions: [],
      state: 'partial',
      coverage: [{ detail: 'cloudMetadata: false (agent.json)' }],
    })
    expect(asked).toEqual([])
  })
})
