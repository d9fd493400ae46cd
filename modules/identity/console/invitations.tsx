import type { Invitation } from '@hevd/identity/contract'
import { Ago, Button, call, Loaded, Section, useAction, useResource, useWords, When, words } from '@hevd/ui'
import { roleWords } from './roles.ts'

const text = words({
  title: { nb: 'Invitasjoner', en: 'Invitations' },
  none: { nb: 'Ingen invitasjoner er sendt.', en: 'No invitations were made.' },
  open: { nb: 'Venter på svar, utløper', en: 'Waits for an answer, expires' },
  used: { nb: 'Brukt', en: 'Used' },
  withdrawn: { nb: 'Trukket tilbake', en: 'Withdrawn' },
  expired: { nb: 'Utløpt', en: 'Expired' },
  made: { nb: 'Laget', en: 'Made' },
  withdraw: { nb: 'Trekk tilbake', en: 'Withdraw' },
  done: { nb: 'Invitasjonen er trukket tilbake.', en: 'The invitation was withdrawn.' },
})

/** Invitations and what became of them; the link itself is shown once, when it is made. */
export function Invitations() {
  const said = useWords(text)
  const roles = useWords(roleWords)
  const invitations = useResource<readonly Invitation[]>('/api/invitations')
  const withdrawing = useAction({
    call: (id: string) => call<null>('DELETE', `/api/invitations/${id}`),
    refreshes: ['/api/invitations'],
    done: text.done,
  })
  return (
    <div className="mt-16">
      <Section title={said.title}>
        <Loaded of={invitations} lines={2}>
          {(all) =>
            all.length === 0 ? (
              <p className="text-ink-2">{said.none}</p>
            ) : (
              <ul>
                {all.map(({ id, role, state, createdAt, expiresAt }) => (
                  <li
                    key={id}
                    className="flex min-h-14 flex-wrap items-center justify-between gap-x-6 border-line border-b py-2 first:border-t"
                  >
                    <p>
                      {roles[role]}{' '}
                      <span className="text-ink-2">
                        · {said.made.toLowerCase()} <When at={createdAt} /> · {said[state].toLowerCase()}
                        {state === 'open' && (
                          <>
                            {' '}
                            <Ago at={expiresAt} />
                          </>
                        )}
                      </span>
                    </p>
                    {state === 'open' && (
                      <Button weight="quiet" onClick={() => void withdrawing.run(id)}>
                        {said.withdraw}
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
    </div>
  )
}
