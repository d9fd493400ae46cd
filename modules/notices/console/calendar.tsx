import { Button, call, Fault, useAction, useWords, When, words } from '@hevd/ui'
import { useState } from 'react'
import { Secret } from './secret.tsx'

const text = words({
  none: {
    nb: 'Lag en adresse som kalenderprogrammet ditt abonnerer på. Den som har adressen, ser fristene dine.',
    en: 'Make an address that your calendar program subscribes to. Whoever has the address sees your deadlines.',
  },
  since: { nb: 'Adressen ble laget', en: 'The address was made' },
  lost: {
    nb: 'Den vises bare når den lages. Har du mistet den, lag en ny; den gamle slutter å virke.',
    en: 'It is shown only as it is made. If you have lost it, make a new one; the old one stops working.',
  },
  make: { nb: 'Lag kalenderlenke', en: 'Make a calendar link' },
  renew: { nb: 'Lag ny lenke', en: 'Make a new link' },
  end: { nb: 'Avslutt lenken', en: 'End the link' },
  ended: { nb: 'Kalenderlenken virker ikke lenger.', en: 'The calendar link no longer works.' },
  link: { nb: 'Kalenderlenken', en: 'The calendar link' },
  once: {
    nb: 'Den vises bare nå. Legg den inn i kalenderprogrammet.',
    en: 'It is shown only now. Enter it in your calendar program.',
  },
})

/** Makes, renews and ends the secret address of the reader's calendar. @param since when the present one was made */
export function Calendar({ since }: { readonly since: number | null }) {
  const said = useWords(text)
  const [url, setUrl] = useState<string | null>(null)
  const making = useAction({
    call: () => call<{ readonly url: string }>('POST', '/api/notices/calendar'),
    refreshes: ['/api/notices/own'],
  })
  const ending = useAction({
    call: () => call<null>('DELETE', '/api/notices/calendar'),
    refreshes: ['/api/notices/own'],
    done: text.ended,
  })
  const make = async () => {
    const outcome = await making.run(undefined)
    if (outcome.ok) setUrl(outcome.answer.url)
  }
  const end = async () => {
    if ((await ending.run(undefined)).ok) setUrl(null)
  }
  return (
    <div className="max-w-measure">
      {url !== null ? (
        <Secret label={said.link} value={url} note={said.once} />
      ) : since === null ? (
        <p className="text-ink-2">{said.none}</p>
      ) : (
        <>
          <p>
            {said.since} <When at={since} />.
          </p>
          <p className="mt-1 text-ink-2">{said.lost}</p>
        </>
      )}
      <Fault problem={making.problem ?? ending.problem} />
      <div className="mt-4 flex flex-wrap gap-3">
        <Button running={making.running} onClick={() => void make()}>
          {since === null ? said.make : said.renew}
        </Button>
        {since !== null && (
          <Button weight="grave" running={ending.running} onClick={() => void end()}>
            {said.end}
          </Button>
        )}
      </div>
    </div>
  )
}
