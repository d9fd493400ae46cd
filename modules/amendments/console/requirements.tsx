import type { Frameworks } from '@hevd/amendments/contract'
import type { PolicyState } from '@hevd/core'
import { type Column, Link, places, Shape, stateTitle, Table, useLocale, useWords, words } from '@hevd/ui'
import { useControls } from './controls.ts'

const text = words({
  requirement: { nb: 'Krav', en: 'Requirement' },
  controls: { nb: 'Kontroller som møter det', en: 'Controls that meet it' },
  nothing: { nb: 'Ingen kontroll møter dette.', en: 'No control meets this.' },
})

type Requirement = Frameworks[number]['requirements'][number]

/** The requirements of one framework in its order, each with the controls that meet it and how they stand. */
export function Requirements({ of, label }: { readonly of: readonly Requirement[]; readonly label: string }) {
  const said = useWords(text)
  const { byId, titleOf } = useControls()
  const columns: readonly Column<Requirement>[] = [
    {
      key: 'requirement',
      head: said.requirement,
      width: '8rem',
      narrow: 'lead',
      cell: ({ id }) => <span className="numeral font-medium">{id}</span>,
    },
    {
      key: 'controls',
      head: said.controls,
      narrow: 'lead',
      cell: ({ controls }) =>
        controls.length === 0 ? (
          <span className="text-ink-2">{said.nothing}</span>
        ) : (
          <ul className="flex flex-wrap gap-x-6 gap-y-1">
            {controls.map((control) => (
              <MeetingControl
                key={control}
                id={control}
                title={titleOf(control)}
                state={byId.get(control)?.state}
              />
            ))}
          </ul>
        ),
    },
  ]
  return <Table label={label} columns={columns} rows={of} rowKey={({ id }) => id} whole />
}

function MeetingControl({
  id,
  title,
  state,
}: {
  readonly id: string
  readonly title: string
  readonly state: PolicyState | undefined
}) {
  const locale = useLocale()
  return (
    <li>
      <Link to={places.control(id)} className="inline-flex items-baseline gap-1.5 hover:text-accent">
        {state !== undefined && (
          <>
            <Shape state={state} className="size-[0.72em] self-center" />
            <span className="sr-only">{stateTitle(state, locale)}: </span>
          </>
        )}
        {title}
      </Link>
    </li>
  )
}
