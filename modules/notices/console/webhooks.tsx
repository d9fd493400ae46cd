import type { Channels, Webhook } from '@hevd/notices/contract'
import {
  Button,
  Code,
  call,
  EmptyState,
  useAction,
  useLocale,
  useToast,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { Failing } from './failing.tsx'

const text = words({
  none: { nb: 'Ingen mottakere', en: 'No receivers' },
  noneWhy: {
    nb: 'Legg til en, så får vaktchatten, sakssystemet eller et annet system beskjed straks.',
    en: 'Add one, and the chat of those on duty, the ticket system or another system is told at once.',
  },
  added: { nb: 'Lagt til', en: 'Added' },
  off: { nb: 'Slått av', en: 'Switched off' },
  on: { nb: 'Slå på igjen', en: 'Switch on again' },
  remove: { nb: 'Fjern', en: 'Remove' },
  isOn: { nb: 'Mottakeren er slått på.', en: 'The receiver is switched on.' },
  removed: { nb: 'Mottakeren er fjernet.', en: 'The receiver is removed.' },
})

/** Receivers, each with how it goes. */
export function Webhooks({ channels }: { readonly channels: Channels }) {
  const said = useWords(text)
  if (channels.webhooks.length === 0) return <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
  return (
    <ul className="border-line border-t">
      {channels.webhooks.map((webhook) => (
        <Receiver key={webhook.id} webhook={webhook} />
      ))}
    </ul>
  )
}

function Receiver({ webhook }: { readonly webhook: Webhook }) {
  const { id, title, url, madeAt, disabledAt, failing } = webhook
  const said = useWords(text)
  const locale = useLocale()
  const toast = useToast()
  const enabling = useAction({
    call: () => call<null>('POST', `/api/notices/webhooks/${id}/enable`),
    refreshes: ['/api/notices', '/api/asked'],
    done: text.isOn,
  })
  const removing = useAction({
    call: () => call<null>('DELETE', `/api/notices/webhooks/${id}`),
    refreshes: ['/api/notices', '/api/asked'],
    done: text.removed,
  })
  const run = async (action: typeof enabling) => {
    const { ok } = await action.run(undefined)
    if (!ok && action.problem !== null) toast(action.problem.words[locale])
  }
  return (
    <li className="border-line border-b py-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="font-medium">{title}</p>
          <p>
            <Code>{url}</Code>
          </p>
          <p className="text-ink-2 text-sm">
            {disabledAt === null ? said.added : said.off} <When at={disabledAt ?? madeAt} />
          </p>
        </div>
        <div className="flex flex-wrap gap-3">
          {disabledAt !== null && (
            <Button
              running={enabling.running}
              aria-label={`${said.on}: ${title}`}
              onClick={() => void run(enabling)}
            >
              {said.on}
            </Button>
          )}
          <Button
            weight="grave"
            running={removing.running}
            aria-label={`${said.remove}: ${title}`}
            onClick={() => void run(removing)}
          >
            {said.remove}
          </Button>
        </div>
      </div>
      {failing !== null && (
        <div className="mt-3">
          <Failing failing={failing} />
        </div>
      )}
    </li>
  )
}
