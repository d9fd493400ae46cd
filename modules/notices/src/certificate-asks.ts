import { dateOf, type Instant } from '@hevd/core'
import { tlsEndpoints } from '@hevd/facts'
import { factsOfTypes } from '@hevd/feeds'
import type { Ask } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import { toldOf } from './audience.ts'

const day = 24 * 3_600_000
const soon = 30 * day
/** More are not told one by one: those that end first are. */
const listed = 20

type Ending = { readonly endpoint: string; readonly ends: number }

/** Certificates of TLS end points that end within thirty days, those that end first. */
export async function certificateAsks(tx: Tx, organisation: string, now: Instant): Promise<readonly Ask[]> {
  const { rows } = await sql<Ending>`
    select key as endpoint, (value ->> 'notAfter')::double precision as ends
    from ${factsOfTypes(organisation, [tlsEndpoints.name])} as endpoint
    where (value ->> 'answered')::boolean
      and (value ->> 'notAfter')::double precision between ${now} and ${now + soon}
    order by ends, key limit ${listed}`.execute(tx)
  if (rows.length === 0) return []
  const { zone } = await toldOf(tx, organisation)
  return rows.map(({ endpoint, ends }) => ({
    id: `certificate/${endpoint}/${dateOf(ends, zone)}`,
    kind: 'certificate-ends',
    title: {
      nb: `Sertifikatet til ${endpoint} utløper`,
      en: `The certificate of ${endpoint} expires`,
    },
    what: {
      nb: 'Etter det avviser nettlesere og andre klienter tjenesten. Forny det før.',
      en: 'After that, browsers and other clients refuse the service. Renew it before.',
    },
    since: null,
    deadline: ends,
    action: { nb: 'Se hva det gjelder', en: 'See what it is about' },
    to: '/controls/encrypted-in-transit',
    urgent: false,
    of: () => true,
  }))
}
