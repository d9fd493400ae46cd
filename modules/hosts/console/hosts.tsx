import type { Host } from '@hevd/hosts/contract'
import {
  Ago,
  type Column,
  EmptyState,
  Link,
  Loaded,
  Page,
  places,
  Table,
  useMayChange,
  useResource,
  useWords,
  When,
  Who,
  words,
} from '@hevd/ui'
import { CertificateState } from './agent-certificate.tsx'
import { ChangeHost } from './change-host.tsx'
import { HostAgent } from './host-agent.tsx'
import { Lists } from './lists.tsx'
import { RemoteAgents } from './remote-agents.tsx'
import { roleWords } from './roles.ts'

const text = words({
  title: { nb: 'Maskiner', en: 'Hosts' },
  lead: {
    nb: 'Det virksomheten har oppgitt som sine maskiner. En maskin forsvinner ikke av seg selv; den avsluttes her.',
    en: 'The machines the organisation declares as its own. A host does not vanish by itself; it is ended here.',
  },
  name: { nb: 'Navn', en: 'Name' },
  role: { nb: 'Rolle', en: 'Role' },
  heard: { nb: 'Agenten sist hørt', en: 'Agent last heard' },
  never: { nb: 'aldri', en: 'never' },
  certificate: { nb: 'Sertifikat', en: 'Certificate' },
  declared: { nb: 'Oppgitt', en: 'Declared' },
  change: { nb: 'Endre', en: 'Change' },
  ended: { nb: 'Avsluttet', en: 'Ended' },
  none: { nb: 'Ingen maskiner ennå', en: 'No hosts yet' },
  noneWhy: {
    nb: 'Denne maskinen oppgis ved første oppstart, andre når de kobler til.',
    en: 'This machine is declared at the first start, others when they join.',
  },
})

/** Hosts with their role and when their agent was last heard. */
export default function Hosts() {
  const said = useWords(text)
  const roles = useWords(roleWords)
  const mayChange = useMayChange()
  const hosts = useResource<readonly Host[]>('/api/hosts', 30_000)
  const columns: readonly Column<Host>[] = [
    {
      key: 'name',
      head: said.name,
      width: '2fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ id, name }) => (
        <Link to={places.subject('host', id)} className="break-all font-medium hover:text-accent">
          {name}
        </Link>
      ),
    },
    { key: 'role', head: said.role, sort: ({ role }) => roles[role], cell: ({ role }) => roles[role] },
    {
      key: 'heard',
      head: said.heard,
      sort: ({ lastHeardAt }) => lastHeardAt ?? 0,
      cell: ({ endedAt, lastHeardAt }) =>
        endedAt !== null ? (
          <>
            {said.ended} <When at={endedAt} />
          </>
        ) : lastHeardAt === null ? (
          said.never
        ) : (
          <Ago at={lastHeardAt} />
        ),
    },
    {
      key: 'certificate',
      head: said.certificate,
      sort: ({ certificate }) => certificate?.notAfter ?? 0,
      cell: ({ certificate }) => <CertificateState certificate={certificate} />,
    },
    {
      key: 'declared',
      head: said.declared,
      sort: ({ declaredAt }) => declaredAt,
      cell: ({ declaredAt, declaredBy }) => (
        <span className="text-ink-2">
          <When at={declaredAt} />, <Who id={declaredBy} />
        </span>
      ),
    },
    ...(mayChange
      ? [
          {
            key: 'change',
            head: said.change,
            width: '8rem',
            narrow: 'lead' as const,
            cell: (host: Host) =>
              host.endedAt === null ? (
                <span className="flex flex-wrap gap-x-3">
                  <HostAgent host={host} />
                  <ChangeHost host={host} />
                </span>
              ) : null,
          },
        ]
      : []),
  ]
  return (
    <Page title={said.title} lead={said.lead}>
      <Loaded of={hosts}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <Table label={said.title} columns={columns} rows={all} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
      {mayChange && <RemoteAgents hosts={hosts.data ?? []} />}
      <Lists />
    </Page>
  )
}
