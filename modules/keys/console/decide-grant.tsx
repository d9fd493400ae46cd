import type { Grant } from '@hevd/keys/contract'
import {
  Button,
  call,
  Day,
  Dialog,
  DialogActions,
  Facts,
  Fault,
  useAction,
  useMayChange,
  useReader,
  useWords,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { keyRefreshes, operationsSaid, operationWords } from './key-words.ts'

const text = words({
  decide: { nb: 'Avgjør', en: 'Decide' },
  revoke: { nb: 'Trekk tilbake', en: 'Revoke' },
  title: { nb: 'Skal tildelingen gis?', en: 'Should this be granted?' },
  revokeTitle: { nb: 'Trekke tildelingen tilbake?', en: 'Revoke this grant?' },
  revokeWhat: {
    nb: 'Nøkkelen kan ikke brukes av mottakeren fra det øyeblikket. Det som er kryptert, blir stående.',
    en: 'The holder cannot use the key from that moment. What is encrypted stays as it is.',
  },
  own: {
    nb: 'Du ba om den, eller den er til deg, så en annen administrator må godkjenne den. Er du eneste administrator, kan du gjøre det selv, og det vises.',
    en: 'You asked for it, or it is for you, so another administrator must approve it. If you are the only administrator you may, and it shows.',
  },
  who: { nb: 'Hvem', en: 'Who' },
  key: { nb: 'Nøkkel', en: 'Key' },
  may: { nb: 'Kan', en: 'May' },
  why: { nb: 'Hvorfor', en: 'Why' },
  from: { nb: 'Fra og med', en: 'From' },
  until: { nb: 'Til og med', en: 'Until' },
  askedBy: { nb: 'Bedt om av', en: 'Asked for by' },
  approve: { nb: 'Godkjenn', en: 'Approve' },
  refuse: { nb: 'Avslå', en: 'Refuse' },
  approved: { nb: 'Tildelingen gjelder.', en: 'The grant is in force.' },
  refused: { nb: 'Tildelingen er avslått.', en: 'The grant was refused.' },
  revoked: { nb: 'Tildelingen er trukket tilbake.', en: 'The grant was revoked.' },
})

/** What the reader may do about a grant; nothing where it is over. */
export function DecideGrant({ grant }: { readonly grant: Grant }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const reader = useReader()
  const [open, setOpen] = useState(false)
  const own = reader?.id === grant.askedBy.id || reader?.id === grant.holder.id
  const live = grant.state === 'in-force' || grant.state === 'to-come'
  if (!mayChange || !(live || grant.state === 'asked')) return null
  const word = live ? said.revoke : said.decide
  return (
    <>
      <Button
        weight="quiet"
        className="min-h-6 py-0"
        aria-label={`${word}: ${grant.holder.name}, ${grant.key}`}
        onClick={() => setOpen(true)}
      >
        {word}
      </Button>
      {open &&
        (live ? (
          <Revoke grant={grant} onClose={() => setOpen(false)} />
        ) : (
          <Decide grant={grant} own={own} onClose={() => setOpen(false)} />
        ))}
    </>
  )
}

function GrantFacts({ grant }: { readonly grant: Grant }) {
  const said = useWords(text)
  const may = useWords(operationWords)
  const { holder, key, operations, purpose, from, until, askedBy } = grant
  return (
    <Facts
      of={[
        [said.who, holder.name],
        [said.key, key],
        [said.may, operationsSaid(operations, may)],
        [said.why, purpose],
        [said.from, <Day key="from" date={from} />],
        [said.until, <Day key="until" date={until} />],
        [said.askedBy, askedBy.name],
      ]}
    />
  )
}

function Decide({ grant, own, onClose }: { readonly grant: Grant; readonly own: boolean; onClose(): void }) {
  const said = useWords(text)
  const path = `/api/key-grants/${grant.id}`
  const approving = useAction({
    call: () => call<unknown>('POST', `${path}/approve`),
    refreshes: keyRefreshes,
    done: text.approved,
  })
  const refusing = useAction({
    call: () => call<unknown>('POST', `${path}/refuse`),
    refreshes: keyRefreshes,
    done: text.refused,
  })
  return (
    <Dialog open onClose={onClose} title={said.title} {...(own ? { description: said.own } : {})}>
      <GrantFacts grant={grant} />
      <Fault problem={approving.problem ?? refusing.problem} />
      <DialogActions onClose={onClose}>
        <Button
          weight={own ? 'plain' : 'main'}
          running={approving.running}
          onClick={() => void approving.run(undefined).then(({ ok }) => ok && onClose())}
        >
          {said.approve}
        </Button>
        <Button
          running={refusing.running}
          onClick={() => void refusing.run(undefined).then(({ ok }) => ok && onClose())}
        >
          {said.refuse}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Revoke({ grant, onClose }: { readonly grant: Grant; onClose(): void }) {
  const said = useWords(text)
  const revoking = useAction({
    call: () => call<unknown>('POST', `/api/key-grants/${grant.id}/revoke`),
    refreshes: keyRefreshes,
    done: text.revoked,
  })
  return (
    <Dialog open onClose={onClose} title={said.revokeTitle} description={said.revokeWhat}>
      <GrantFacts grant={grant} />
      <Fault problem={revoking.problem} />
      <DialogActions onClose={onClose}>
        <Button
          weight="grave"
          running={revoking.running}
          onClick={() => void revoking.run(undefined).then(({ ok }) => ok && onClose())}
        >
          {said.revoke}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
