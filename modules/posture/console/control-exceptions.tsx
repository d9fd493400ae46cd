import type { ExceptionView } from '@hevd/posture/contract'
import { Loaded, useResource, useWords, words } from '@hevd/ui'
import { ExceptionItem } from './exception-item.tsx'

const text = words({
  none: { nb: 'Ingen unntak fra dette.', en: 'No exceptions from this.' },
})

/** Exceptions from one control that wait or are in force. */
export function ControlExceptions({ control }: { readonly control: string }) {
  const said = useWords(text)
  const exceptions = useResource<readonly ExceptionView[]>('/api/exceptions')
  return (
    <Loaded of={exceptions} lines={2}>
      {(all) => {
        const here = all.filter(
          ({ control: of, state }) => of === control && (state === 'requested' || state === 'in-force'),
        )
        if (here.length === 0) return <p className="text-ink-2">{said.none}</p>
        return (
          <ul className="-mt-6">
            {here.map((exception) => (
              <ExceptionItem key={exception.id} exception={exception} />
            ))}
          </ul>
        )
      }}
    </Loaded>
  )
}
