import type { TrialFlip } from '@hevd/amendments/contract'
import { type Column, Link, Mark, places, Table, useLocale, useWords, words } from '@hevd/ui'
import { useControls } from './controls.ts'

const text = words({
  title: { nb: 'De som skifter', en: 'Those that change' },
  most: {
    nb: 'De 200 verste. Resten er talt ovenfor.',
    en: 'The worst 200. The rest are counted above.',
  },
  subject: { nb: 'Kontrollobjekt', en: 'Subject' },
  control: { nb: 'Kontroll', en: 'Control' },
  outside: { nb: 'Utenfor', en: 'Outside' },
  before: { nb: 'Nå', en: 'Now' },
  after: { nb: 'Med utkastet', en: 'With the draft' },
})

/** As many as the server sends at most. */
const most = 200

/** Each subject whose verdict would be another, the worst first. */
export function TrialFlips({ of }: { readonly of: readonly TrialFlip[] }) {
  const said = useWords(text)
  const locale = useLocale()
  const { titleOf } = useControls()
  const side = ({ state, why }: TrialFlip['before']) => (
    <>
      {state === 'outside' ? <span className="text-ink-2">{said.outside}</span> : <Mark state={state} />}
      {why !== null && <span className="block text-ink-2 text-sm">{why.text[locale]}</span>}
    </>
  )
  const columns: readonly Column<TrialFlip>[] = [
    {
      key: 'subject',
      head: said.subject,
      narrow: 'lead',
      cell: ({ subject: { kind, id, name } }) => (
        <Link to={places.subject(kind, id)} className="break-all font-medium hover:text-accent">
          {name}
        </Link>
      ),
    },
    { key: 'control', head: said.control, cell: ({ control }) => titleOf(control) },
    { key: 'before', head: said.before, width: '1.2fr', cell: ({ before }) => side(before) },
    { key: 'after', head: said.after, width: '1.2fr', cell: ({ after }) => side(after) },
  ]
  return (
    <div className="mt-8">
      <h3 className="font-medium">{said.title}</h3>
      {of.length >= most && <p className="mt-1 text-ink-2 text-sm">{said.most}</p>}
      <div className="mt-3">
        <Table
          label={said.title}
          columns={columns}
          rows={of}
          rowKey={({ test, subject }) => `${test}|${subject.id}`}
        />
      </div>
    </div>
  )
}
