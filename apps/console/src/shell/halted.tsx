import { useWords, words } from '@hevd/ui'

const text = words({
  title: { nb: 'Bedømmingen står stille.', en: 'Judging has stopped.' },
})

/** Said on every page while nothing is judged, so that nobody takes what stands for fresh. */
export function Halted({ why }: { readonly why: string }) {
  const said = useWords(text)
  return (
    <p role="alert" className="border-fails border-b bg-fails-wash px-4 py-3 text-center">
      <strong className="font-semibold">{said.title}</strong> {why}
    </p>
  )
}
