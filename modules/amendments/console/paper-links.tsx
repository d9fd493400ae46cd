import { useLocale, useWords, words } from '@hevd/ui'

const text = words({
  csv: { nb: 'Hent som CSV', en: 'Download as CSV' },
  print: { nb: 'Skriv ut', en: 'Print' },
})

/** Ways out of the console for a page: a file in the reader's language, and paper. @param csv address of the file */
export function PaperLinks({ csv }: { readonly csv: string }) {
  const said = useWords(text)
  const locale = useLocale()
  return (
    <p className="not-on-paper mt-2 flex gap-6">
      <a href={`${csv}?${new URLSearchParams({ lang: locale })}`} download className="text-link">
        {said.csv}
      </a>
      <button type="button" className="text-link" onClick={() => window.print()}>
        {said.print}
      </button>
    </p>
  )
}
