import type { KeyDetail } from '@hevd/keys/contract'
import {
  Button,
  call,
  Fault,
  Section,
  useAction,
  useMayChange,
  useReader,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { keyRefreshes } from './key-words.ts'

const text = words({
  title: { nb: 'Uttak', en: 'Taking it out' },
  note: {
    nb: 'Den som har tatt ut en nøkkel, har den for alltid.',
    en: 'Whoever has taken a key out has it for ever.',
  },
  not: {
    nb: 'Nøkkelen kan ikke tas ut av hvelvet.',
    en: 'The key cannot be taken out of the vault.',
  },
  may: {
    nb: 'Den som har en tildeling om det, kan ta nøkkelen ut av hvelvet. To personer har tillatt det.',
    en: 'Whoever has a grant for it can take the key out of the vault. Two people allowed it.',
  },
  asked: {
    nb: 'ber om at nøkkelen kan tas ut av hvelvet,',
    en: 'asks that the key can be taken out of the vault,',
  },
  own: {
    nb: 'En annen administrator må godkjenne det du ber om.',
    en: 'Another administrator must approve what you ask for.',
  },
  ask: { nb: 'Be om å få ta den ut', en: 'Ask to take it out' },
  approve: { nb: 'Godkjenn', en: 'Approve' },
  refuse: { nb: 'Avslå', en: 'Refuse' },
  withdraw: { nb: 'Trekk tilbake', en: 'Withdraw' },
  end: { nb: 'Ikke tillat det lenger', en: 'Allow it no longer' },
})

/** Whether a key can be taken out of the vault, which takes two people. */
export function KeyExport({ of }: { readonly of: KeyDetail }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const reader = useReader()
  const path = `/api/keys/${encodeURIComponent(of.name)}/export`
  const acting = useAction({
    call: (act: 'ask' | 'approve' | 'refuse') => call<unknown>('POST', `${path}/${act}`),
    refreshes: keyRefreshes,
  })
  const { exportable, exportAsked, deletedAt } = of
  const own = exportAsked?.by.id === reader?.id
  const act = (which: 'ask' | 'approve' | 'refuse', word: string, weight: 'plain' | 'main' = 'plain') => (
    <Button weight={weight} running={acting.running} onClick={() => void acting.run(which)}>
      {word}
    </Button>
  )
  return (
    <Section title={said.title} note={said.note}>
      <p className="max-w-measure">
        {exportAsked === null ? (
          exportable ? (
            said.may
          ) : (
            said.not
          )
        ) : (
          <>
            <span className="font-medium">{exportAsked.by.name}</span> {said.asked}{' '}
            <When at={exportAsked.at} />.{own && ` ${said.own}`}
          </>
        )}
      </p>
      {mayChange && deletedAt === null && (
        <div className="mt-4 flex flex-wrap gap-3">
          {exportAsked !== null && act('approve', said.approve, own ? 'plain' : 'main')}
          {exportAsked !== null && act('refuse', own ? said.withdraw : said.refuse)}
          {exportAsked === null && exportable && act('refuse', said.end)}
          {exportAsked === null && !exportable && act('ask', said.ask)}
        </div>
      )}
      <Fault problem={acting.problem} />
    </Section>
  )
}
