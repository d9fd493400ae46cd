import type { ListedCustomer } from '@hevd/residency/contract'
import { Button, type Choice, call, Fault, useAction, useWords, words } from '@hevd/ui'
import { useState } from 'react'
import { StorePicker } from './try-out.tsx'

const text = words({
  title: { nb: 'Dataene ligger i', en: 'The data is in' },
  help: {
    nb: 'Applikasjonene melder det selv. Her føres det for dem som ikke gjør det.',
    en: 'Applications report it themselves. It is entered here for those that do not.',
  },
  store: { nb: 'Datalager', en: 'Data store' },
  add: { nb: 'Før opp', en: 'Enter' },
  remove: { nb: 'Ta bort', en: 'Take out' },
  done: { nb: 'Plasseringen er ført.', en: 'The placement was recorded.' },
})

const refreshes = ['/api/residency', '/api/policy', '/api/findings', '/api/controls']

/** Where a customer's data is, entered by hand. */
export function Placements({ of: { id: customer, stores } }: { readonly of: ListedCustomer }) {
  const said = useWords(text)
  const [there, setThere] = useState(stores.map(({ store }) => store))
  const [chosen, setChosen] = useState<Choice | null>(null)
  const reporting = useAction({
    call: (body: object) => call<unknown>('POST', '/api/residency/placements/by-hand', body),
    refreshes,
    done: text.done,
  })
  const add = async (store: string) => {
    if (!(await reporting.run({ placed: [{ customer, store }] })).ok) return
    setThere((before) => [...new Set([...before, store])])
    setChosen(null)
  }
  const remove = async (store: string) => {
    if ((await reporting.run({ removed: [{ customer, store }] })).ok)
      setThere((before) => before.filter((one) => one !== store))
  }
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 font-medium">{said.title}</legend>
      <p className="text-ink-2 text-sm">{said.help}</p>
      <ul>
        {there.map((store) => (
          <li key={store} className="flex items-baseline justify-between gap-6 border-line border-b py-1.5">
            <span className="break-words">{store}</span>
            <Button
              weight="quiet"
              className="min-h-6 py-0"
              aria-label={`${said.remove}: ${store}`}
              running={reporting.running}
              onClick={() => void remove(store)}
            >
              {said.remove}
            </Button>
          </li>
        ))}
      </ul>
      <div className="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
        <StorePicker label={said.store} required={false} value={chosen} onChoose={setChosen} />
        <Button
          running={reporting.running}
          disabled={chosen === null}
          onClick={() => chosen && void add(chosen.id)}
        >
          {said.add}
        </Button>
      </div>
      <Fault problem={reporting.problem} />
    </fieldset>
  )
}
