import type { ControlDetail } from '@hevd/posture/contract'
import { Facts, Mark, numeral, useLocale, useWords, words } from '@hevd/ui'

const text = words({
  check: { nb: 'Observasjon', en: 'Observation' },
  obligation: { nb: 'Plikt med frist', en: 'Obligation with a deadline' },
  procedure: { nb: 'Prosedyre', en: 'Procedure' },
  of: { nb: 'Gjelder', en: 'Speaks of' },
  source: { nb: 'Listen kommer fra', en: 'The list comes from' },
  reconciled: { nb: 'Avstemt mot', en: 'Reconciled with' },
  unreconciled: {
    nb: 'ikke avstemt mot noen uavhengig liste: gjelder dem vi kjenner til',
    en: 'not reconciled with an independent list: holds of those known',
  },
})

/** Each test: what list it goes through, where that comes from, and how it stands. */
export function ControlTests({ tests }: { readonly tests: ControlDetail['tests'] }) {
  const said = useWords(text)
  const locale = useLocale()
  return (
    <ul className="flex flex-col gap-8">
      {tests.map((test) => (
        <li key={test.id}>
          <div className="mb-2 flex flex-wrap items-baseline gap-x-4">
            <Mark state={test.state} />
            <span className="text-ink-2">{said[test.kind]}</span>
            <code className="break-all font-mono text-ink-3 text-sm">{test.id}</code>
          </div>
          <Facts
            of={[
              [said.of, `${test.population.title[locale]} (${numeral(test.population.count, locale)})`],
              [said.source, test.population.source[locale]],
              [said.reconciled, test.population.reconciledWith?.[locale] ?? said.unreconciled],
            ]}
          />
        </li>
      ))}
    </ul>
  )
}
