import type { Account } from '@hevd/identity/contract'
import {
  Button,
  type Column,
  call,
  Link,
  Loaded,
  Page,
  places,
  Table,
  useAction,
  useLocale,
  useQueryText,
  useReader,
  useResource,
  useToast,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { roleWords } from './roles.ts'

const text = words({
  title: { nb: 'Brukere og invitasjoner', en: 'Accounts and invitations' },
  lead: {
    nb: 'Hvem som kan logge inn i Hevd. Administratorer endrer; lesere ser alt, men endrer ingenting; en revisor ser én periode, til en dag.',
    en: 'Who can sign in to Hevd. Administrators change; readers see everything and change nothing; an auditor sees one period, until a day.',
  },
  invite: { nb: 'Inviter noen', en: 'Invite somebody' },
  accounts: { nb: 'Brukere', en: 'Accounts' },
  name: { nb: 'Navn', en: 'Name' },
  role: { nb: 'Rolle', en: 'Role' },
  created: { nb: 'Siden', en: 'Since' },
  change: { nb: 'Endre', en: 'Change' },
  disabled: { nb: 'Sperret', en: 'Disabled' },
  disable: { nb: 'Sperr', en: 'Disable' },
  enable: { nb: 'Åpne igjen', en: 'Enable' },
  changed: { nb: 'Brukeren er endret.', en: 'The account was changed.' },
  you: { nb: 'deg', en: 'you' },
  until: { nb: 'til', en: 'until' },
  period: { nb: 'Perioden', en: 'The period' },
})

type Change = { readonly id: string; readonly role?: 'administrator' | 'reader'; readonly disabled?: boolean }

/** Accounts with their role, edited in place; below them the invitations. */
export default function Accounts() {
  const said = useWords(text)
  const accounts = useResource<readonly Account[]>('/api/accounts')
  const [query, change] = useQueryText()
  const columns = useColumns()
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        <Button weight="main" onClick={() => change({ invite: 'yes' })}>
          {said.invite}
        </Button>
      }
    >
      <InviteDialog open={query.get('invite') === 'yes'} onClose={() => change({ invite: null })} />
      <Loaded of={accounts}>
        {(all) => <Table label={said.accounts} columns={columns} rows={all} rowKey={({ id }) => id} />}
      </Loaded>
      <Invitations />
    </Page>
  )
}

function useColumns(): readonly Column<Account>[] {
  const said = useWords(text)
  const roles = useWords(roleWords)
  const locale = useLocale()
  const toast = useToast()
  const reader = useReader()
  const changing = useAction({
    call: ({ id, ...body }: Change) => call<null>('PATCH', `/api/accounts/${id}`, body),
    refreshes: ['/api/accounts'],
    done: text.changed,
  })
  const run = async (change: Change) => {
    const { ok } = await changing.run(change)
    if (!ok && changing.problem !== null) toast(changing.problem.words[locale])
  }
  return [
    {
      key: 'name',
      head: said.name,
      width: '2fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ name, userName, disabledAt }) => (
        <>
          <span className="font-medium">{name}</span>
          {userName === reader?.userName && <span className="text-ink-2"> ({said.you})</span>}
          <span className="block text-ink-2 text-sm">{userName}</span>
          {disabledAt !== null && (
            <span className="block text-sm">
              {said.disabled} <When at={disabledAt} />
            </span>
          )}
        </>
      ),
    },
    {
      key: 'role',
      head: said.role,
      width: '12rem',
      narrow: 'lead',
      cell: ({ id, name, role, auditing }) =>
        auditing !== null ? (
          <>
            {roles[role]}
            <span className="block text-ink-2 text-sm">
              <Link to={places.period(auditing.period)} className="text-link">
                {said.period}
              </Link>{' '}
              {said.until} <When at={auditing.endsAt} />
            </span>
          </>
        ) : (
          <select
            aria-label={`${said.role}: ${name}`}
            className="input"
            value={role}
            disabled={changing.running}
            onChange={(event) =>
              void run({ id, role: event.target.value === 'administrator' ? 'administrator' : 'reader' })
            }
          >
            <option value="administrator">{roles.administrator}</option>
            <option value="reader">{roles.reader}</option>
          </select>
        ),
    },
    {
      key: 'created',
      head: said.created,
      sort: ({ createdAt }) => createdAt,
      cell: ({ createdAt }) => <When at={createdAt} />,
    },
    {
      key: 'change',
      head: said.change,
      width: '8rem',
      narrow: 'lead',
      cell: ({ id, name, disabledAt }) => {
        const word = disabledAt === null ? said.disable : said.enable
        return (
          <Button
            weight="quiet"
            aria-label={`${word}: ${name}`}
            running={changing.running}
            onClick={() => void run({ id, disabled: disabledAt === null })}
          >
            {word}
          </Button>
        )
      },
    },
  ]
}
