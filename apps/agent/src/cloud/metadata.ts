import { z } from 'zod'
import { type Cloud, type Located, located } from './located.ts'

/** The link-local address at which all of these clouds answer their own machines, and nobody else does (RFC 3927). */
export const metadataAddress = 'http://169.254.169.254'

const patience = 3000
const largest = 64 * 1024

type Ask = (
  path: string,
  options?: { readonly method?: 'GET' | 'PUT'; readonly headers?: Record<string, string> },
) => Promise<{ readonly text: string; readonly headers: Headers }>

/**
 * Asks the cloud where the machine is. Nothing else is asked for: no user data, no credentials.
 *
 * @param address only tests have another than {@link metadataAddress}
 * Throws where the cloud does not answer, or not with what it should.
 */
export async function askCloud(cloud: Cloud, address: string): Promise<Located> {
  const answer = await asking[cloud](asker(address))
  const found = located(cloud, answer)
  if (found === null) throw new Error(`the metadata service of ${cloud} tells no region`)
  return found
}

type Told = { readonly region: string | null; readonly zone: string | null }

const asking: { readonly [C in Cloud]: (ask: Ask) => Promise<Told> } = {
  /** IMDSv2: a session token first (docs.aws.amazon.com, “Use the Instance Metadata Service”). */
  async aws(ask) {
    const lifetime = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' }
    const token = await ask('/latest/api/token', { method: 'PUT', headers: lifetime })
    const headers = { 'x-aws-ec2-metadata-token': token.text }
    const region = await ask('/latest/meta-data/placement/region', { headers })
    const zone = await ask('/latest/meta-data/placement/availability-zone', { headers })
    return { region: region.text, zone: zone.text }
  },
  /** learn.microsoft.com, “Azure Instance Metadata Service”. */
  async azure(ask) {
    const compute = '/metadata/instance/compute'
    const options = { headers: { metadata: 'true' } }
    const region = await ask(`${compute}/location?api-version=2021-02-01&format=text`, options)
    const zone = await ask(`${compute}/zone?api-version=2021-02-01&format=text`, options)
    return { region: region.text, zone: zone.text }
  },
  /** docs.cloud.google.com, “View and query VM metadata”: an answer without the header is not Google's. */
  async gcp(ask) {
    const zone = await ask('/computeMetadata/v1/instance/zone', { headers: { 'metadata-flavor': 'Google' } })
    if (zone.headers.get('metadata-flavor') !== 'Google')
      throw new Error('what answers is not Google’s metadata')
    return { region: null, zone: zone.text.split('/').at(-1) ?? null }
  },
  /** docs.hetzner.cloud, “Server metadata”. */
  async hetzner(ask) {
    return { region: null, zone: (await ask('/hetzner/v1/metadata/availability-zone')).text }
  },
  /** docs.openstack.org, “Metadata”. */
  async openstack(ask) {
    const { text } = await ask('/openstack/latest/meta_data.json')
    const { availability_zone: zone } = z
      .object({ availability_zone: z.string().nullish() })
      .parse(JSON.parse(text))
    return { region: null, zone: zone ?? null }
  },
}

function asker(address: string): Ask {
  return async (path, { method = 'GET', headers = {} } = {}) => {
    const answer = await fetch(new URL(path, address), {
      method,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    })
    const text = await limited(answer)
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`)
    return { text: text.trim(), headers: answer.headers }
  }
}

async function limited(answer: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    size += part.length
    if (size > largest) throw new Error('the metadata service answers with too much')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
