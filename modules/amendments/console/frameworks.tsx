import type { Frameworks as Answer } from '@hevd/amendments/contract'
import {
  Choices,
  EmptyState,
  Loaded,
  numeral,
  Page,
  useLocale,
  useQueryText,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { FrameworkMatrix } from './framework-matrix.tsx'
import { PaperLinks } from './paper-links.tsx'
import { Requirements } from './requirements.tsx'

const text = words({
  title: { nb: 'Rammeverk', en: 'Frameworks' },
  lead: {
    nb: 'Hva andre krever, og hvilke kontroller som møter det. Rammeverkene gjengis ved kravenes numre; teksten eier de som gir dem ut.',
    en: 'What others require, and which controls meet it. The frameworks are given by the numbers of their requirements; the text belongs to those who publish them.',
  },
  framework: { nb: 'Rammeverk', en: 'Framework' },
  matrix: { nb: 'Alle, per kontroll', en: 'All, by control' },
  show: { nb: 'Vis', en: 'Show' },
  all: { nb: 'Alle krav', en: 'All requirements' },
  unmet: { nb: 'Bare det ingen kontroll møter', en: 'Only those nothing meets' },
  met: {
    nb: (met: string, all: string) => `${met} av ${all} krav møtes av minst én kontroll.`,
    en: (met: string, all: string) => `${met} of ${all} requirements are met by at least one control.`,
  },
  everything: { nb: 'Hvert krav møtes av en kontroll', en: 'Every requirement is met by a control' },
  none: { nb: 'Ingen rammeverk', en: 'No frameworks' },
  noneWhy: {
    nb: 'Ingen kontroll i policyen viser til et rammeverk.',
    en: 'No control of the policy refers to a framework.',
  },
})

/** What frameworks require and which controls meet it: one framework by its requirements, or all of them by control. */
export default function Frameworks() {
  const said = useWords(text)
  const frameworks = useResource<Answer>('/api/policy/frameworks')
  return (
    <Page
      title={said.title}
      lead={
        <>
          <p>{said.lead}</p>
          <PaperLinks csv="/api/policy/frameworks/csv" />
        </>
      }
    >
      <Loaded of={frameworks} lines={8}>
        {(all) =>
          all.length === 0 ? <EmptyState title={said.none}>{said.noneWhy}</EmptyState> : <Chosen all={all} />
        }
      </Loaded>
    </Page>
  )
}

const everyControl = 'by-control'

function Chosen({ all }: { readonly all: Answer }) {
  const said = useWords(text)
  const locale = useLocale()
  const [query, change] = useQueryText()
  const wanted = query.get('framework')
  const unmetOnly = query.get('show') === 'unmet'
  const framework = all.find(({ id }) => id === wanted) ?? all[0]
  const matrix = wanted === everyControl
  if (framework === undefined) return null
  const met = framework.requirements.filter(({ controls }) => controls.length > 0)
  const shown = framework.requirements.filter(({ controls }) => !unmetOnly || controls.length === 0)
  return (
    <>
      <div className="not-on-paper flex flex-wrap gap-x-8 gap-y-2">
        <Choices
          label={said.framework}
          value={matrix ? everyControl : framework.id}
          options={[
            ...all.map(({ id, name }) => ({ value: id, label: name })),
            { value: everyControl, label: said.matrix },
          ]}
          onChoose={(value) => change({ framework: value })}
        />
        {!matrix && (
          <Choices
            label={said.show}
            value={unmetOnly ? 'unmet' : 'all'}
            options={[
              { value: 'all', label: said.all },
              {
                value: 'unmet',
                label: said.unmet,
                count: numeral(framework.requirements.length - met.length, locale),
              },
            ]}
            onChoose={(value) => change({ show: value === 'unmet' ? value : null })}
          />
        )}
      </div>
      {matrix ? (
        <FrameworkMatrix all={all} />
      ) : (
        <>
          <h2 className="mt-8 font-semibold font-serif text-xl">{framework.name}</h2>
          <p className="mt-1 mb-4 text-ink-2">
            {said.met(numeral(met.length, locale), numeral(framework.requirements.length, locale))}
          </p>
          {shown.length === 0 ? (
            <EmptyState title={said.everything} />
          ) : (
            <Requirements of={shown} label={framework.name} />
          )}
        </>
      )}
    </>
  )
}
