import type { Channels } from '@hevd/notices/contract'
import { Ago, useRead, useWords, When, words } from '@hevd/ui'

const text = words({
  since: { nb: 'Ikke levert siden', en: 'Not delivered since' },
  next: { nb: 'Det prøves igjen', en: 'It is tried again' },
})

/** That a way out fails: since when, why, and when it is tried again. */
export function Failing({ failing }: { readonly failing: NonNullable<Channels['mailFailing']> }) {
  const said = useWords(text)
  const read = useRead()
  return (
    <div role="alert" className="mb-4 border-fails border-l-2 pl-3">
      <p className="font-medium text-fails">
        {said.since} <When at={failing.since} />
      </p>
      <p className="break-words">{read(failing.error)}</p>
      <p className="text-ink-2 text-sm">
        {said.next} <Ago at={failing.nextAt} />.
      </p>
    </div>
  )
}
