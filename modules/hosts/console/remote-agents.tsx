import type { Host, JoinToken, JoinTokens } from '@hevd/hosts/contract'
import {
  Ago,
  Button,
  Code,
  type Column,
  call,
  EmptyState,
  Fault,
  Loaded,
  Section,
  Table,
  useAction,
  useResource,
  useWords,
  Who,
  words,
} from '@hevd/ui'
import { JoinHost } from './join-host.tsx'
import { roleWords } from './roles.ts'

const text = words({
  title: { nb: 'Koble til maskiner', en: 'Joining hosts' },
  note: {
    nb: 'Agenter på andre maskiner kobler til på sin egen adresse, med et sertifikat hver.',
    en: 'Agents of other hosts join at an address of their own, with a certificate each.',
  },
  off: { nb: 'Tjeneren lytter ikke etter andre maskiner', en: 'The server does not listen for other hosts' },
  offWhy: {
    nb: 'Sett dette der tjeneren kjører, og start den på nytt:',
    en: 'Set this where the server runs, and start it again:',
  },
  setting: { nb: 'HEVD_AGENTS_PORT=4385', en: 'HEVD_AGENTS_PORT=4385' },
  address: { nb: 'Agentene kobler til på', en: 'Agents join at' },
  for: { nb: 'Gjelder', en: 'For' },
  newHost: { nb: 'En ny maskin', en: 'A new host' },
  made: { nb: 'Laget av', en: 'Made by' },
  expires: { nb: 'Utløper', en: 'Expires' },
  withdraw: { nb: 'Trekk tilbake', en: 'Withdraw' },
  withdrawn: { nb: 'Kommandoen virker ikke lenger.', en: 'The command works no longer.' },
  none: { nb: 'Ingen venter på å koble til', en: 'No host is about to join' },
  noneWhy: {
    nb: 'Her står kommandoer som er laget og ikke brukt.',
    en: 'Commands that were made and not used stand here.',
  },
})

/** How other hosts join: the way in, and the commands that were made and not used. For administrators. */
export function RemoteAgents({ hosts }: { readonly hosts: readonly Host[] }) {
  const said = useWords(text)
  const tokens = useResource<JoinTokens>('/api/join-tokens', 30_000)
  return (
    <Section title={said.title} note={said.note}>
      <Loaded of={tokens}>
        {({ address, tokens: all }) =>
          address === null ? (
            <EmptyState title={said.off}>
              {said.offWhy} <Code>{said.setting}</Code>
            </EmptyState>
          ) : (
            <>
              <p className="mb-4">
                {said.address} <Code>{address}</Code>
              </p>
              <p className="mb-6">
                <JoinHost />
              </p>
              <Tokens tokens={all} hosts={hosts} />
            </>
          )
        }
      </Loaded>
    </Section>
  )
}

function Tokens({
  tokens,
  hosts,
}: {
  readonly tokens: readonly JoinToken[]
  readonly hosts: readonly Host[]
}) {
  const said = useWords(text)
  const roles = useWords(roleWords)
  const withdrawing = useAction({
    call: (id: string) => call<unknown>('DELETE', `/api/join-tokens/${id}`),
    refreshes: ['/api/join-tokens'],
    done: text.withdrawn,
  })
  const names = new Map(hosts.map(({ id, name }) => [id, name]))
  const nameOf = ({ host, role }: JoinToken) =>
    host === null ? `${said.newHost}${role === null ? '' : ` (${roles[role]})`}` : (names.get(host) ?? host)
  const columns: readonly Column<JoinToken>[] = [
    {
      key: 'for',
      head: said.for,
      width: '2fr',
      narrow: 'lead',
      cell: (token) => <span className="break-all">{nameOf(token)}</span>,
    },
    { key: 'made', head: said.made, cell: ({ madeBy }) => <Who id={madeBy} /> },
    { key: 'expires', head: said.expires, cell: ({ expiresAt }) => <Ago at={expiresAt} /> },
    {
      key: 'withdraw',
      head: said.withdraw,
      width: '7rem',
      narrow: 'lead',
      cell: (token) => (
        <Button
          weight="quiet"
          className="min-h-6 py-0"
          running={withdrawing.running}
          aria-label={`${said.withdraw}: ${nameOf(token)}`}
          onClick={() => void withdrawing.run(token.id)}
        >
          {said.withdraw}
        </Button>
      ),
    },
  ]
  return (
    <>
      <Fault problem={withdrawing.problem} />
      {tokens.length === 0 ? (
        <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
      ) : (
        <Table label={said.title} columns={columns} rows={tokens} rowKey={({ id }) => id} />
      )}
    </>
  )
}
