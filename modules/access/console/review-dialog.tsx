import type { ListedGrant } from '@hevd/access/contract'
import { Button, call, Day, Dialog, DialogActions, Facts, Fault, useAction, useWords, words } from '@hevd/ui'
import { useWhat } from './columns.tsx'
import { plain, refreshes } from './plain.ts'

const text = words({
  title: { nb: 'Trengs tilgangen fortsatt?', en: 'Is the access still needed?' },
  who: { nb: 'Hvem', en: 'Who' },
  what: { nb: 'Hva', en: 'What' },
  need: { nb: 'Behov', en: 'Need' },
  until: { nb: 'Til og med', en: 'Until' },
  ends: {
    nb: 'Avslutter du den, er tilgangen et avvik til den er tatt bort i systemet også.',
    en: 'If you end it, the access is a deviation until it is taken away in the system too.',
  },
  still: { nb: 'Den trengs fortsatt', en: 'It is still needed' },
  end: { nb: 'Avslutt den', en: 'End it' },
  confirmed: { nb: 'Gjennomgangen er ført.', en: 'The review was recorded.' },
  ended: { nb: 'Tilgangen er avsluttet.', en: 'The access was ended.' },
})

/** One grant before somebody who says whether it is still needed. */
export default function ReviewDialog({ grant, onClose }: { readonly grant: ListedGrant; onClose(): void }) {
  const said = useWords(text)
  const what = useWhat()
  const path = `/api/access/${encodeURIComponent(grant.id)}`
  const reviewing = useAction({
    call: () => call<unknown>('POST', `${path}/review`, { was: plain(grant) }),
    refreshes,
    done: text.confirmed,
  })
  const ending = useAction({
    call: () => call<unknown>('POST', `${path}/end`),
    refreshes,
    done: text.ended,
  })
  const own = grant.holderKind === 'account'
  return (
    <Dialog open onClose={onClose} title={said.title}>
      <Facts
        of={[
          [said.who, grant.holderName],
          [said.what, what(grant)],
          ...(own ? [] : [[said.need, grant.need] as const]),
          ...(grant.until === null ? [] : [[said.until, <Day key="until" date={grant.until} />] as const]),
        ]}
      />
      {!own && <p className="mt-4 text-ink-2">{said.ends}</p>}
      <Fault problem={reviewing.problem ?? ending.problem} />
      <DialogActions onClose={onClose}>
        <Button
          weight="main"
          running={reviewing.running}
          onClick={() => void reviewing.run(undefined).then(({ ok }) => ok && onClose())}
        >
          {said.still}
        </Button>
        {!own && (
          <Button
            weight="grave"
            className="order-last ml-auto"
            running={ending.running}
            onClick={() => void ending.run(undefined).then(({ ok }) => ok && onClose())}
          >
            {said.end}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}
