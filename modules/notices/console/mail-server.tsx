import type { Channels, MailTried } from '@hevd/notices/contract'
import {
  Button,
  Code,
  call,
  Facts,
  Fault,
  numeral,
  useAction,
  useLocale,
  useRead,
  useWords,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { Failing } from './failing.tsx'

const text = words({
  none: {
    nb: 'Ingen e-posttjener er satt opp. Sett disse før tjeneren startes:',
    en: 'No mail server is set up. Set these before the server is started:',
  },
  url: {
    nb: 'HEVD_SMTP_URL=smtps://bruker:passord@mail.example.org',
    en: 'HEVD_SMTP_URL=smtps://user:password@mail.example.org',
  },
  sender: {
    nb: 'HEVD_MAIL_FROM=Hevd <hevd@example.org>',
    en: 'HEVD_MAIL_FROM=Hevd <hevd@example.org>',
  },
  host: { nb: 'Tjener', en: 'Server' },
  encrypted: { nb: 'kryptert', en: 'encrypted' },
  clear: { nb: 'ikke kryptert', en: 'not encrypted' },
  from: { nb: 'Avsender', en: 'Sender' },
  waiting: { nb: 'Venter på å bli sendt', en: 'Waiting to be sent' },
  try: { nb: 'Send en prøve til meg', en: 'Send a test to me' },
  accepted: { nb: 'Tjeneren tok imot meldingen:', en: 'The server took the message:' },
  refused: { nb: 'Meldingen kom ikke fram.', en: 'The message did not arrive.' },
})

/** Where mail goes out, whether it does, and a way to see it. */
export function MailServer({ channels }: { readonly channels: Channels }) {
  const said = useWords(text)
  const read = useRead()
  const locale = useLocale()
  const [tried, setTried] = useState<MailTried | null>(null)
  const trying = useAction({
    call: () => call<MailTried>('POST', '/api/notices/mail/test'),
    refreshes: ['/api/notices'],
  })
  const { mail, mailFailing, waiting } = channels
  if (mail === null)
    return (
      <>
        <p>{said.none}</p>
        <p className="mt-2">
          <Code>{said.url}</Code>
          <br />
          <Code>{said.sender}</Code>
        </p>
      </>
    )
  const attempt = async () => {
    setTried(null)
    const outcome = await trying.run(undefined)
    if (outcome.ok) setTried(outcome.answer)
  }
  return (
    <>
      {mailFailing !== null && <Failing failing={mailFailing} />}
      <Facts
        of={[
          [said.host, `${mail.host} (${mail.encrypted ? said.encrypted : said.clear})`],
          [said.from, mail.from],
          [said.waiting, numeral(waiting, locale)],
        ]}
      />
      <Button className="mt-4" running={trying.running} onClick={() => void attempt()}>
        {said.try}
      </Button>
      <Fault problem={trying.problem} />
      {tried !== null && (
        <p
          role="status"
          className={`mt-4 border-l-2 pl-3 ${tried.accepted ? 'border-holds' : 'border-fails'}`}
        >
          {tried.accepted ? said.accepted : said.refused} {read(tried.answer)}
        </p>
      )}
    </>
  )
}
