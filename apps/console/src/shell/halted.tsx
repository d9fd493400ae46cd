import type { PolicyView } from '@hevd/posture/contract'
import { useLocale, useMayChange, useWords, words } from '@hevd/ui'
import { AcceptClock } from './accept-clock.tsx'

const text = words({
  title: { nb: 'Bedømmingen står stille.', en: 'Judging has stopped.' },
})

type Why = NonNullable<PolicyView['halted']>

/** Said on every page while nothing is judged, so that nobody takes what stands for fresh. */
export function Halted({ why }: { readonly why: Why }) {
  const said = useWords(text)
  const locale = useLocale()
  const mayChange = useMayChange()
  const { seconds } = why.params
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-fails border-b bg-fails-wash px-4 py-3"
    >
      <p>
        <strong className="font-semibold">{said.title}</strong> {why.text[locale]}
      </p>
      {mayChange && why.code === 'clock-disagrees' && typeof seconds === 'number' && (
        <AcceptClock seconds={seconds} />
      )}
    </div>
  )
}
