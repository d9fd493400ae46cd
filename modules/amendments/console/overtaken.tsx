import type { PromiseText } from '@hevd/amendments/contract'
import { useLocale, useWords, words } from '@hevd/ui'
import { same, wordFields } from './edited.ts'
import { wordFieldWords } from './field-words.ts'

const text = words({
  title: { nb: 'Endret av andre i mellomtiden', en: 'Changed by others meanwhile' },
  what: {
    nb: 'Kontrollen er blitt endret siden utkastet tok den opp. Endre den på nytt ut fra det som gjelder nå, eller ta den ut.',
    en: 'The control has changed since the draft took it up. Edit it again from what is in force now, or take it out.',
  },
  begunFrom: { nb: 'Utkastet begynte fra', en: 'The draft began from' },
  inForce: { nb: 'I kraft nå', en: 'In force now' },
  others: { nb: 'Krav eller anvendelse er endret.', en: 'Requirements or applicability have changed.' },
})

/** What another approval has made of a control since a draft took it up. */
export function Overtaken({ inForce, from }: { readonly inForce: PromiseText; readonly from: PromiseText }) {
  const said = useWords(text)
  const fields = useWords(wordFieldWords)
  const locale = useLocale()
  const changed = wordFields.filter((field) => !same(inForce[field], from[field]))
  const others = !same([inForce.parameters, inForce.notApplicable], [from.parameters, from.notApplicable])
  return (
    <div className="border-fails border-l-2 pl-4">
      <h3 className="font-medium">{said.title}</h3>
      <p className="mt-1 max-w-measure text-ink-2">{said.what}</p>
      {others && <p className="mt-1 text-ink-2">{said.others}</p>}
      {changed.map((field) => (
        <dl key={field} className="mt-4 grid grid-cols-1 gap-x-12 gap-y-3 md:grid-cols-2">
          <div>
            <dt className="text-ink-2 text-sm">
              {said.begunFrom}: {fields[field].toLowerCase()}
            </dt>
            <dd className="font-serif">{from[field][locale]}</dd>
          </div>
          <div>
            <dt className="text-ink-2 text-sm">
              {said.inForce}: {fields[field].toLowerCase()}
            </dt>
            <dd className="font-serif">{inForce[field][locale]}</dd>
          </div>
        </dl>
      ))}
    </div>
  )
}
