import type { Decision, ListedCustomer, ListedStore } from '@hevd/residency/contract'
import {
  Button,
  type Choice,
  call,
  Fault,
  PickField,
  useAction,
  usePages,
  useRead,
  useSettled,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  lead: {
    nb: 'Dette er det en applikasjon får til svar når den spør før den plasserer data. Svaret telles ikke.',
    en: 'This is what an application is answered when it asks before it places data. The answer is not counted.',
  },
  customer: { nb: 'Kunde', en: 'Customer' },
  store: { nb: 'Datalager', en: 'Data store' },
  ask: { nb: 'Spør', en: 'Ask' },
  yes: { nb: 'Ja', en: 'Yes' },
  no: { nb: 'Nei', en: 'No' },
})

/** What an application would be answered. */
export default function TryOut() {
  const said = useWords(text)
  const read = useRead()
  const [customer, setCustomer] = useState<Choice | null>(null)
  const [store, setStore] = useState<Choice | null>(null)
  const [answer, setAnswer] = useState<Decision | null>(null)
  const asking = useAction({
    call: (asked: URLSearchParams) => call<Decision>('GET', `/api/residency/try?${asked}`),
    refreshes: [],
  })
  const ask = async (event: FormEvent) => {
    event.preventDefault()
    if (customer === null || store === null) return
    const outcome = await asking.run(new URLSearchParams({ customer: customer.id, store: store.id }))
    setAnswer(outcome.ok ? outcome.answer : null)
  }
  const choose = (set: (choice: Choice | null) => void) => (choice: Choice | null) => {
    set(choice)
    setAnswer(null)
  }
  return (
    <form onSubmit={(event) => void ask(event)} className="flex flex-col gap-5">
      <p className="text-ink-2">{said.lead}</p>
      <div className="grid items-end gap-5 sm:grid-cols-[1fr_1fr_auto]">
        <CustomerPicker label={said.customer} value={customer} onChoose={choose(setCustomer)} />
        <StorePicker label={said.store} value={store} onChoose={choose(setStore)} />
        <Button type="submit" running={asking.running}>
          {said.ask}
        </Button>
      </div>
      <Fault problem={asking.problem} />
      <div role="status">
        {answer !== null && (
          <p>
            <span className="font-medium">{answer.allowed ? said.yes : said.no}.</span>{' '}
            {read(answer.why.text)}
          </p>
        )}
      </div>
    </form>
  )
}

type Picking = {
  readonly label: string
  readonly value: Choice | null
  readonly required?: boolean
  onChoose(choice: Choice | null): void
}

/** A customer of the register, searched for on the server. */
export function CustomerPicker({ required = true, ...field }: Picking) {
  return <Picker of="customers" required={required} {...field} />
}

/** A data store of the register, searched for on the server. */
export function StorePicker({ required = true, ...field }: Picking) {
  return <Picker of="stores" required={required} {...field} />
}

function Picker({ of, ...field }: Picking & { readonly of: 'customers' | 'stores' }) {
  const [typed, setTyped] = useState('')
  const q = useSettled(typed)
  const asked = new URLSearchParams({ limit: '20', ...(q === '' ? {} : { q }) })
  const found = usePages<Pick<ListedCustomer | ListedStore, 'id' | 'name'>>(`/api/residency/${of}?${asked}`)
  const choices = found.items.map(({ id, name }): Choice => ({ id, name, hint: id }))
  return <PickField {...field} choices={choices} onType={setTyped} />
}
