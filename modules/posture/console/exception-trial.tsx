import type { ExceptionTrial as Tried } from '@hevd/posture/contract'
import { Mark, numeral, useLocale, useWords, When, words } from '@hevd/ui'

const text = words({
  covers: { nb: 'Unntaket ville dekket dette', en: 'The exception would cover this' },
  not: { nb: 'Unntaket ville ikke dekket noe', en: 'The exception would cover nothing' },
  until: { nb: 'til', en: 'until' },
  becomes: { nb: 'blir', en: 'becomes' },
  stays: { nb: 'Kontrollen blir stående som den er', en: 'The control stays as it is' },
  open: {
    nb: (before: string, after: string) =>
      `Avvik som ingen har godtatt: ${before} nå, ${after} med unntaket.`,
    en: (before: string, after: string) =>
      `Failures that nobody has accepted: ${before} now, ${after} with the exception.`,
  },
})

/** What an exception would do if it were in force: what it covers, and how the control would then stand. */
export function ExceptionTrial({ of }: { readonly of: Tried }) {
  const said = useWords(text)
  const locale = useLocale()
  const { title, finding, covers, because, before, after, open, until } = of
  return (
    <div role="status" className="border-line-2 border-l-2 pl-4">
      <p className="font-medium">
        {covers ? said.covers : said.not}
        {covers && (
          <>
            {' '}
            {said.until} <When at={until} />
          </>
        )}
      </p>
      {because !== null && <p className="mt-1">{because[locale]}</p>}
      {finding !== null && (
        <p className="mt-1 text-ink-2">
          <span className="break-all">{finding.subject.name}</span>
          {finding.why !== null && `: ${finding.why.text[locale]}`}
        </p>
      )}
      <p className="mt-3 flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span>{title[locale]}:</span>
        <Mark state={before} />
        {before !== after && (
          <>
            <span aria-hidden="true" className="text-ink-3">
              →
            </span>
            <span className="sr-only">{said.becomes}</span>
            <Mark state={after} />
          </>
        )}
      </p>
      <p className="mt-1 text-ink-2 text-sm">
        {said.open(numeral(open.before, locale), numeral(open.after, locale))}
        {before === after && ` ${said.stays}.`}
      </p>
    </div>
  )
}
