import type { Channels } from '@hevd/notices/contract'
import { Button, Loaded, Page, Section, useQueryText, useResource, useWords, words } from '@hevd/ui'
import { AddWebhook } from './add-webhook.tsx'
import { Deliveries } from './deliveries.tsx'
import { MailServer } from './mail-server.tsx'
import { Webhooks } from './webhooks.tsx'

const text = words({
  title: { nb: 'Virksomhetens varsling', en: 'The organisation’s channels' },
  lead: {
    nb: 'Hvordan varsler går ut herfra, og om de kommer fram. Hver bruker velger selv hva de får på e-post.',
    en: 'How notices leave from here, and whether they arrive. Each account chooses for itself what it gets by e-mail.',
  },
  add: { nb: 'Legg til mottaker', en: 'Add a receiver' },
  mail: { nb: 'E-post', en: 'E-mail' },
  webhooks: { nb: 'Webhooks', en: 'Webhooks' },
  webhooksNote: {
    nb: 'Andre systemer som får beskjed, signert etter Standard Webhooks.',
    en: 'Other systems that are told, signed by Standard Webhooks.',
  },
  deliveries: { nb: 'Meldinger i det siste', en: 'Messages of late' },
})

/** For administrators: the mail server, receivers of webhooks, and what became of messages. */
export default function ChannelsPage() {
  const said = useWords(text)
  const [query, change] = useQueryText()
  const channels = useResource<Channels>('/api/notices/channels', 15_000)
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={<Button onClick={() => change({ add: 'yes' })}>{said.add}</Button>}
    >
      <AddWebhook open={query.get('add') === 'yes'} onClose={() => change({ add: null })} />
      <Loaded of={channels} lines={8}>
        {(now) => (
          <>
            <Section title={said.mail}>
              <MailServer channels={now} />
            </Section>
            <Section title={said.webhooks} note={said.webhooksNote}>
              <Webhooks channels={now} />
            </Section>
            <Section title={said.deliveries}>
              <Deliveries />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}
