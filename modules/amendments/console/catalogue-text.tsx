import type { ControlChange, DraftControl, PromiseText } from '@hevd/amendments/contract'
import { Button, ButtonLink, useLocale, useWords, words } from '@hevd/ui'
import { CatalogueValues } from './catalogue-values.tsx'
import { changeOf, same, withChange, wordFields } from './edited.ts'
import { wordFieldWords } from './field-words.ts'

const text = words({
  title: { nb: 'Hevd har en nyere tekst', en: 'Hevd has a newer text' },
  ours: { nb: 'Egen tekst', en: 'Your own' },
  theirs: { nb: 'Hevds nyere tekst', en: 'Hevd’s newer text' },
  take: { nb: 'Ta inn Hevds tekst', en: 'Take Hevd’s text' },
  keep: { nb: 'Behold egen tekst', en: 'Keep your own' },
  edit: { nb: 'Skriv selv', en: 'Edit' },
  taken: { nb: 'Utkastet tar inn Hevds tekst.', en: 'The draft takes in Hevd’s text.' },
})

export type CatalogueActions = {
  readonly running: boolean
  take(change: ControlChange): void
  keep(): void
  /** Where it is written by hand. */
  readonly edit: string
}

/** The catalogue's newer text beside the organisation's own, and what to do with it. */
export function CatalogueText({
  control,
  ours,
  of: { after },
  change,
  actions,
}: {
  readonly control: string
  readonly ours: PromiseText
  readonly of: NonNullable<DraftControl['catalogue']>
  readonly change: ControlChange
  readonly actions: CatalogueActions | false
}) {
  const said = useWords(text)
  const fields = useWords(wordFieldWords)
  const locale = useLocale()
  const theirs = changeOf(ours, { ...after, notApplicable: ours.notApplicable, sameMeaning: false })
  const taken = same(changeOf(ours, withChange(ours, change)), theirs)
  const differing = wordFields.filter((field) => !same(ours[field], after[field]))
  return (
    <div className="border-line-2 border-l-2 pl-4">
      <h3 className="font-medium">{said.title}</h3>
      <div className="mt-3 flex flex-col gap-5">
        {differing.map((field) => (
          <div key={field} className="grid grid-cols-1 gap-x-12 gap-y-3 md:grid-cols-2">
            <Side head={`${said.ours}, ${fields[field].toLowerCase()}`} words={ours[field][locale]} />
            <Side head={`${said.theirs}, ${fields[field].toLowerCase()}`} words={after[field][locale]} />
          </div>
        ))}
        <CatalogueValues control={control} ours={ours.parameters} theirs={after.parameters} />
      </div>
      {taken && <p className="mt-3 text-ink-2">{said.taken}</p>}
      {actions !== false && (
        <div className="mt-4 flex flex-wrap gap-3">
          {!taken && theirs !== null && (
            <Button running={actions.running} onClick={() => actions.take(theirs)}>
              {said.take}
            </Button>
          )}
          <Button running={actions.running} onClick={actions.keep}>
            {said.keep}
          </Button>
          <ButtonLink weight="quiet" className="mx-0" to={actions.edit}>
            {said.edit}
          </ButtonLink>
        </div>
      )}
    </div>
  )
}

function Side({ head, words: wording }: { readonly head: string; readonly words: string }) {
  return (
    <div>
      <p className="text-ink-2 text-sm">{head}</p>
      <p className="font-serif">{wording}</p>
    </div>
  )
}
