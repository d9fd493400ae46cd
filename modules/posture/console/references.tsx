import { frameworkName } from '@hevd/ui'

/** Where the promise is asked for elsewhere. */
export function References({ of }: { readonly of: { readonly [framework: string]: readonly string[] } }) {
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-2 sm:grid-cols-[minmax(9rem,auto)_minmax(0,1fr)]">
      {Object.entries(of).map(([framework, ids]) => (
        <div key={framework} className="contents">
          <dt className="text-ink-2">{frameworkName(framework)}</dt>
          <dd>{ids.join(' · ')}</dd>
        </div>
      ))}
    </dl>
  )
}
