import { useWords } from './locale.tsx'
import { Who } from './who.tsx'
import { words } from './words.ts'

const text = words({
  by: { nb: 'godkjent av', en: 'approved by' },
  single: { nb: 'én godkjenner', en: 'single approver' },
})

/** By whose approval words are in force, as the end of a sentence; those that nobody has touched are as Hevd ships them. */
export function ApprovedBy({ by, single }: { readonly by: string | null; readonly single: boolean }) {
  const said = useWords(text)
  if (by === null || by === 'catalogue') return <Who id="catalogue" />
  return (
    <>
      {said.by} <Who id={by} />
      {single && ` (${said.single})`}
    </>
  )
}
