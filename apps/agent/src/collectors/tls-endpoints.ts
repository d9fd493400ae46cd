import { tlsEndpoints, type ValueOf } from '@hevd/facts'
import { type Collected, type Collector, collected, partialWithout, together } from '../collector.ts'
import { turnsFor } from '../schedule.ts'
import { type Agreement, agreesTo, type Endpoint, weakSuitesOf } from '../tls/agreement.ts'
import type { WireVersion } from '../tls/hello.ts'
import { meet } from '../tls/meet.ts'
import { plainHttpOf } from '../tls/plain-http.ts'

/** Public TLS end points, met as a client from anywhere would. */
export const tlsEndpointsCollector: Collector = {
  name: 'tls-endpoints',
  types: [tlsEndpoints.name],
  title: { nb: 'TLS-endepunkter', en: 'TLS end points' },
  interval: 'PT1H',
  collect: async ({ host, look }) => {
    const turns = turnsFor(4)
    const all = await Promise.all(
      [...new Set(look.endpoints)].map(async (id) => {
        await turns.take()
        const found = await lookAt(id)
        turns.give()
        return found
      }),
    )
    return together(collected(tlsEndpoints, host.id, []), ...all)
  },
}

const oldVersions = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2'] as const satisfies readonly WireVersion[]
const versions = [...oldVersions, 'TLSv1.3'] as const

async function lookAt(id: string): Promise<Collected> {
  const endpoint = endpointOf(id)
  const met = await meet(endpoint)
  if (met === null) return collected(tlsEndpoints, id, [silent(id)])
  const said = new Map<string, Agreement>()
  for (const version of versions) said.set(version, await agreesTo(endpoint, version))
  const withAnswer = (answer: Agreement) => versions.filter((version) => said.get(version) === answer)
  const weak = new Set<string>()
  const unasked = [...withAnswer('no-answer')].map(String)
  for (const version of oldVersions.filter((one) => said.get(one) === 'agreed')) {
    const agreed = await weakSuitesOf(endpoint, version)
    if (agreed === null) unasked.push(`${version} ciphers`)
    for (const suite of agreed ?? []) weak.add(suite)
  }
  const value: ValueOf<typeof tlsEndpoints> = {
    id,
    answered: true,
    versions: withAnswer('agreed'),
    refusedVersions: withAnswer('refused'),
    weakCiphers: [...weak].sort(),
    ...met,
    plainHttp: endpoint.port === 443 ? await plainHttpOf(endpoint.host, 80) : 'not-asked',
  }
  return collected(
    tlsEndpoints,
    id,
    [value],
    unasked.length === 0 ? null : partialWithout(unasked.join(', ')),
  )
}

function silent(id: string): ValueOf<typeof tlsEndpoints> {
  return {
    id,
    answered: false,
    versions: [],
    refusedVersions: [],
    weakCiphers: [],
    chain: '',
    subject: '',
    issuer: '',
    notBefore: 0,
    notAfter: 0,
    hstsSeconds: null,
    speaksHttp: false,
    plainHttp: 'not-asked',
  }
}

/** `host:port`; an IPv6 address stands in brackets. */
export function endpointOf(id: string): Endpoint {
  const at = id.lastIndexOf(':')
  return { host: id.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(id.slice(at + 1)) }
}
