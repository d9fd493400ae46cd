import type { Bilingual, Locale } from '@hevd/core'
import { type FieldWords, fieldWords, lookupWords } from '@hevd/facts/field-words'
import { Code, numeral, useLocale, useWords, When, words } from '@hevd/ui'

const text = words({
  yes: { nb: 'ja', en: 'yes' },
  no: { nb: 'nei', en: 'no' },
  empty: { nb: 'ingen', en: 'none' },
})

const fieldsByType: { readonly [type: string]: { readonly [field: string]: FieldWords | undefined } } =
  fieldWords
const lookupsByName: { readonly [by: string]: Bilingual | undefined } = lookupWords

/** A fact as the names of its fields and what they say. */
export function FactValue({ type, of }: { readonly type: string; readonly of: unknown }) {
  const locale = useLocale()
  if (typeof of !== 'object' || of === null || Array.isArray(of)) return <Code>{JSON.stringify(of)}</Code>
  return (
    <dl className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-6 gap-y-1 text-sm sm:grid-cols-[minmax(7rem,auto)_minmax(0,1fr)]">
      {inOrder(of, Object.keys(fieldsByType[type] ?? {})).map(([field, value]) => {
        const worded = fieldsByType[type]?.[field]
        return (
          <div key={field} className="contents">
            <dt className="text-ink-2">{worded?.[locale] ?? field}</dt>
            <dd className="min-w-0 break-words">
              <Said value={value} isMoment={worded?.reads === 'moment'} />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** Fields as their type declares them, which the database does not keep; what it does not know comes last. */
function inOrder(value: object, declared: readonly string[]): readonly [string, unknown][] {
  const place = (field: string) => (declared.includes(field) ? declared.indexOf(field) : declared.length)
  return Object.entries(value).sort(([a], [b]) => place(a) - place(b))
}

/** One value: words for what is yes, no, empty or a moment; what machines wrote stands as they wrote it. */
function Said({ value, isMoment }: { readonly value: unknown; readonly isMoment: boolean }) {
  const said = useWords(text)
  const locale = useLocale()
  if (value === null) return <span className="text-ink-3">–</span>
  if (value === true) return <>{said.yes}</>
  if (value === false) return <>{said.no}</>
  if (typeof value === 'number') return isMoment ? <When at={value} /> : value
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="text-ink-3">{said.empty}</span>
    return value.map((item: unknown, index) => (
      <span key={JSON.stringify(item)}>
        {index > 0 && ', '}
        {typeof item === 'number' && isMoment ? (
          <When at={item} />
        ) : (
          <Verbatim>{plain(item, locale)}</Verbatim>
        )}
      </span>
    ))
  }
  return <Verbatim>{plain(value, locale)}</Verbatim>
}

function Verbatim({ children }: { readonly children: string }) {
  return <span className="break-words font-mono text-[0.92em]">{children}</span>
}

/** A range of ports as `22` or `1000–2000`, what has parts as its parts, the rest as it was said. */
function plain(value: unknown, locale: Locale): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'number'))
    return value[0] === value[1] ? String(value[0]) : `${value[0]}–${value[1]}`
  if (typeof value === 'number') return numeral(value, locale)
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.values(value)
      .map((part: unknown) => plain(part, locale))
      .join(' ')
  return JSON.stringify(value)
}

/** What a look-up goes by, as it reads after “where”. */
export function useLookupWord(): (by: string) => string {
  const locale = useLocale()
  return (by) => lookupsByName[by]?.[locale] ?? by
}
