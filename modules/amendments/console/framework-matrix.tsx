import type { Frameworks } from '@hevd/amendments/contract'
import type { ControlSummary } from '@hevd/posture/contract'
import { type Column, Link, Mark, places, Table, useLocale, useWords, words } from '@hevd/ui'
import { useControls } from './controls.ts'
import { RequirementIds } from './requirement-ids.tsx'

const text = words({
  control: { nb: 'Kontroll', en: 'Control' },
  state: { nb: 'Tilstand', en: 'State' },
  title: { nb: 'Kontroller og rammeverk', en: 'Controls and frameworks' },
})

/** Every control of the policy against every framework: which of its requirements it meets. */
export function FrameworkMatrix({ all }: { readonly all: Frameworks }) {
  const said = useWords(text)
  const locale = useLocale()
  const { byId } = useControls()
  const columns: readonly Column<ControlSummary>[] = [
    {
      key: 'control',
      head: said.control,
      width: '1.6fr',
      narrow: 'lead',
      sort: ({ title }) => title[locale],
      cell: ({ id, title }) => (
        <Link to={places.control(id)} className="font-medium hover:text-accent">
          {title[locale]}
        </Link>
      ),
    },
    { key: 'state', head: said.state, cell: ({ state }) => <Mark state={state} /> },
    ...all.map(({ id, name, requirements }) => ({
      key: id,
      head: name,
      cell: (control: ControlSummary) => (
        <RequirementIds
          of={requirements
            .filter(({ controls }) => controls.includes(control.id))
            .map((requirement) => requirement.id)}
        />
      ),
    })),
  ]
  return (
    <div className="mt-8">
      <Table label={said.title} columns={columns} rows={[...byId.values()]} rowKey={({ id }) => id} whole />
    </div>
  )
}
