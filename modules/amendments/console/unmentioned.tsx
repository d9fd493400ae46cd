import { Link, places, useWords, words } from '@hevd/ui'
import type { Chosen } from './chosen.ts'

const text = words({
  what: {
    nb: 'Disse kontrollene taler ingen setning om. De blir stående som de er. Gjelder en av dem ikke for dere, si det fra kontrollens egen side.',
    en: 'No sentence speaks of these controls. They stand as they are. Where one does not apply to you, say so on its own page.',
  },
  none: { nb: 'Filen taler om alle kontroller.', en: 'The file speaks of every control.' },
})

/** Controls that no sentence speaks of, as the reader has it now. */
export function Unmentioned({
  of,
  chosen,
  titleOf,
}: {
  readonly of: readonly string[]
  readonly chosen: Chosen
  titleOf(control: string): string
}) {
  const said = useWords(text)
  const spokenOf = new Set(Object.values(chosen.controls))
  const left = of.filter((id) => !spokenOf.has(id))
  if (left.length === 0) return <p className="text-ink-2">{said.none}</p>
  return (
    <>
      <p className="max-w-measure text-ink-2">{said.what}</p>
      <ul className="mt-4 columns-1 gap-x-12 sm:columns-2">
        {left.map((id) => (
          <li key={id} className="break-inside-avoid py-1">
            <Link to={places.control(id)} className="hover:text-accent">
              {titleOf(id)}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
