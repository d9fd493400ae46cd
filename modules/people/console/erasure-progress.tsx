import type { ErasureView } from '@hevd/people/contract'
import { numeral, useLocale, useWords, words } from '@hevd/ui'
import { stateWords, waitWords } from './erase-words.ts'

const text = words({
  entries: {
    nb: 'oppføringer i loggen kan ikke lenger åpnes',
    en: 'entries of the log can be opened no more',
  },
  looked: { nb: 'tabeller er gjennomsøkt', en: 'tables were looked through' },
  nothing: { nb: 'Navnet ble ikke funnet.', en: 'The name was not found.' },
  host: { nb: 'en kilde sier det fremdeles', en: 'a source still says it' },
  console: { nb: 'en bruker av Hevd heter det', en: 'an account of Hevd is called so' },
  title: { nb: 'noe er kalt det; gi det et annet navn', en: 'something is called so; give it another name' },
})
const steps: readonly ErasureView['state'][] = ['registers', 'history', 'looking', 'key', 'rewriting', 'done']

/** Where an erasure stands: the step it is at, why it waits, and what was observed. */
export function ErasureProgress({ erasure }: { readonly erasure: ErasureView }) {
  const said = useWords(text)
  const states = useWords(stateWords)
  const waits = useWords(waitWords)
  const locale = useLocale()
  const { state, observed, entries } = erasure
  const at = steps.indexOf(state)
  const why = (holds: string) =>
    holds === 'host' || holds === 'console' || holds === 'title' ? `, ${said[holds]}` : ''
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      <ol className="flex flex-col gap-1">
        {steps.map((step, index) => (
          <li
            key={step}
            aria-current={index === at ? 'step' : undefined}
            className={index > at ? 'text-ink-3' : index === at ? 'font-medium' : 'text-ink-2'}
          >
            <span aria-hidden="true" className="inline-block w-6">
              {index < at || state === 'done' ? '✓' : index === at ? '›' : ''}
            </span>
            {states[step]}
          </li>
        ))}
      </ol>
      {erasure.waits !== null && <p className="border-unknown border-l-2 pl-4">{waits[erasure.waits]}</p>}
      {entries !== null && (
        <p>
          {numeral(entries, locale)} {said.entries}.
        </p>
      )}
      {observed !== null && (
        <div>
          <p>
            {numeral(observed.tables, locale)} {said.looked}. {observed.remains.length === 0 && said.nothing}
          </p>
          <ul className="mt-1 text-ink-2">
            {observed.remains.map(({ table, column, rows, holds }) => (
              <li key={`${table}.${column}`}>
                {table}.{column}: {numeral(rows, locale)}
                {why(holds)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
