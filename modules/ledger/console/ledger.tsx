import type { LogName, LogView } from '@hevd/ledger/contract'
import {
  Choices,
  Code,
  Facts,
  Loaded,
  numeral,
  Page,
  useLocale,
  useQueryText,
  useResource,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { Entries } from './entries.tsx'

const text = words({
  title: { nb: 'Logg', en: 'Ledger' },
  lead: {
    nb: 'Alt som er endret, besluttet og bedømt, i rekkefølge. Ingenting kan fjernes eller skrives om uten at det synes.',
    en: 'All that was changed, decided and judged, in order. Nothing can be taken out or rewritten without it showing.',
  },
  which: { nb: 'Hvilken logg', en: 'Which log' },
  internal: { nb: 'Intern', en: 'Internal' },
  public: { nb: 'Offentlig', en: 'Public' },
  size: { nb: 'Oppføringer', en: 'Entries' },
  waiting: {
    nb: (count: string) => `${count} venter på signatur`,
    en: (count: string) => `${count} wait for a signature`,
  },
  signed: { nb: 'Sist signert', en: 'Last signed' },
  notSigned: { nb: 'ikke signert ennå', en: 'not signed yet' },
  root: { nb: 'Rot', en: 'Root' },
  key: { nb: 'Nøkkel', en: 'Key' },
  keyHelp: {
    nb: 'Lagre nøkkelen utenfor Hevd, og kontroller med «hevd verify» fra en annen maskin.',
    en: 'Keep the key outside Hevd, and check with “hevd verify” from another machine.',
  },
  witnesses: { nb: 'Vitner', en: 'Witnesses' },
  noWitness: { nb: 'ingen ennå', en: 'none yet' },
})

/** How a log stands, and its entries, newest first. */
export default function Ledger() {
  const said = useWords(text)
  const [query, change] = useQueryText()
  const log: LogName = query.get('log') === 'public' ? 'public' : 'internal'
  const view = useResource<LogView>(`/api/logs/${log}`, 10_000)
  return (
    <Page title={said.title} lead={said.lead}>
      <div className="mb-6">
        <Choices
          label={said.which}
          value={log}
          options={[
            { value: 'internal', label: said.internal },
            { value: 'public', label: said.public },
          ]}
          onChoose={(value) => change({ log: value === 'public' ? 'public' : null, kind: null })}
        />
      </div>
      <Loaded of={view}>{(state) => <Head view={state} />}</Loaded>
      <Entries key={log} log={log} />
    </Page>
  )
}

function Head({ view }: { readonly view: LogView }) {
  const said = useWords(text)
  const locale = useLocale()
  const size = numeral(view.size, locale)
  return (
    <div className="mb-12 max-w-[52rem] border-line border-y py-6">
      <Facts
        of={[
          [said.size, view.waiting === 0 ? size : `${size}, ${said.waiting(numeral(view.waiting, locale))}`],
          [said.signed, view.signedAt === null ? said.notSigned : <When key="at" at={view.signedAt} />],
          [said.root, view.root === null ? said.notSigned : <Code key="root">{view.root}</Code>],
          [
            said.key,
            <span key="key">
              <Code>{view.verifierKey}</Code>
              <span className="block text-ink-2 text-sm">{said.keyHelp}</span>
            </span>,
          ],
          [
            said.witnesses,
            view.witnesses.length === 0
              ? said.noWitness
              : view.witnesses.map(({ name, size, at }) => (
                  <span key={name} className="block">
                    {name}: {numeral(size, locale)}, <When at={at} />
                  </span>
                )),
          ],
        ]}
      />
    </div>
  )
}
