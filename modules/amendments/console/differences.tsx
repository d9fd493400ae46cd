import type { FieldDifference, NotApplicable } from '@hevd/amendments/contract'
import { parameterInWords, useLocale, useWords, When, WordDifference, words } from '@hevd/ui'
import type { ReactNode } from 'react'
import { wordFieldWords } from './field-words.ts'

const text = words({
  nb: { nb: 'Norsk', en: 'Norwegian' },
  en: { nb: 'Engelsk', en: 'English' },
  unchanged: { nb: 'uendret', en: 'unchanged' },
  before: { nb: 'Før', en: 'Before' },
  after: { nb: 'Etter', en: 'After' },
  none: { nb: 'ingen', en: 'none' },
  applicability: { nb: 'Gjelder den?', en: 'Does it apply?' },
  applies: { nb: 'Den gjelder', en: 'It applies' },
  not: { nb: 'Den gjelder ikke', en: 'It does not apply' },
  review: { nb: 'Vurderes igjen innen', en: 'Review by' },
})

/** What a draft changes in one control: words against words in both languages, and values before and after. */
export function Differences({ of }: { readonly of: readonly FieldDifference[] }) {
  const said = useWords(text)
  const locale = useLocale()
  const fields = useWords(wordFieldWords)
  return (
    <div className="flex flex-col gap-6">
      {of.map((difference) => {
        switch (difference.field) {
          case 'parameter': {
            const { name, title, type, before, after } = difference
            const told = (value: unknown) => parameterInWords(type, value, locale) || said.none
            return (
              <Changed key={name} title={title[locale]}>
                <BeforeAfter before={told(before)} after={told(after)} />
              </Changed>
            )
          }
          case 'applicability':
            return (
              <Changed key="applicability" title={said.applicability}>
                <Applicability before={difference.before} after={difference.after} />
              </Changed>
            )
          default:
            return (
              <Changed key={difference.field} title={fields[difference.field]}>
                <Wordings of={difference} />
              </Changed>
            )
        }
      })}
    </div>
  )
}

function Changed({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <h4 className="mb-1 font-medium text-ink-2 text-sm">{title}</h4>
      {children}
    </div>
  )
}

type Worded = Extract<FieldDifference, { readonly nb: unknown }>

/** Both languages beside one another, the reader's own first. */
function Wordings({ of }: { readonly of: Worded }) {
  const said = useWords(text)
  const own = useLocale()
  const order = own === 'nb' ? (['nb', 'en'] as const) : (['en', 'nb'] as const)
  const large = of.field === 'title' ? 'font-semibold' : ''
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-4 md:grid-cols-2">
      {order.map((locale) => {
        const changed = of[locale].some(({ kind }) => kind !== 'same')
        return (
          <div key={locale}>
            <p className={`font-serif text-lg ${large} ${changed ? '' : 'text-ink-2'}`}>
              <WordDifference of={of[locale]} locale={locale} />
            </p>
            <p className="mt-1 text-ink-3 text-sm">
              {said[locale]}
              {!changed && `, ${said.unchanged}`}
            </p>
          </div>
        )
      })}
    </div>
  )
}

function BeforeAfter({ before, after }: { readonly before: ReactNode; readonly after: ReactNode }) {
  const said = useWords(text)
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <span className="sr-only">{said.before}: </span>
      <del className="text-ink-2 line-through decoration-fails">{before}</del>
      <span aria-hidden="true" className="text-ink-3">
        →
      </span>
      <span className="sr-only">{said.after}: </span>
      <ins className="font-medium no-underline">{after}</ins>
    </p>
  )
}

function Applicability({
  before,
  after,
}: {
  readonly before: NotApplicable | null
  readonly after: NotApplicable | null
}) {
  const said = useWords(text)
  const told = (of: NotApplicable | null) => (of === null ? said.applies : said.not)
  return (
    <>
      {(before === null) !== (after === null) && <BeforeAfter before={told(before)} after={told(after)} />}
      {before !== null && <Reason of={before} gone />}
      {after !== null && <Reason of={after} />}
    </>
  )
}

function Reason({ of, gone = false }: { readonly of: NotApplicable; readonly gone?: boolean }) {
  const said = useWords(text)
  const Shown = gone ? 'del' : 'ins'
  return (
    <div className="mt-3 max-w-measure border-line-2 border-l-2 pl-4">
      <p>
        <Shown className={gone ? 'text-ink-2 line-through decoration-fails' : 'no-underline'}>
          {of.reason}
        </Shown>
      </p>
      <p className="mt-1 text-ink-2 text-sm">
        {said.review} <When at={of.reviewBy} />
      </p>
    </div>
  )
}
