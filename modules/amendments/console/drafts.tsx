import type { DraftSummary } from '@hevd/amendments/contract'
import {
  ButtonLink,
  EmptyState,
  Link,
  Loaded,
  listedWords,
  numeral,
  Page,
  places,
  useLocale,
  useMayChange,
  useResource,
  useWords,
  When,
  Who,
  words,
} from '@hevd/ui'
import { useControls } from './controls.ts'
import { draftSourceWords, draftStateWords } from './draft-words.ts'

const text = words({
  title: { nb: 'Utkast', en: 'Drafts' },
  lead: {
    nb: 'Endringer av policyen før de gjelder. En annen enn den som skrev, godkjenner.',
    en: 'Changes to the policy before they take effect. Somebody other than the writer approves.',
  },
  waiting: { nb: 'Venter på godkjenning', en: 'Waiting for approval' },
  open: { nb: 'Åpne', en: 'Open' },
  ended: { nb: 'Avsluttet', en: 'Ended' },
  none: { nb: 'Ingen utkast', en: 'No drafts' },
  noneWhy: {
    nb: 'Åpne en kontroll og velg «Endre». Det du skriver, blir et utkast: du ser forskjellen ord for ord, kan prøve hva den ville ført til, og sender den til godkjenning. Til da gjelder policyen som den er.',
    en: 'Open a control and choose “Change”. What you write becomes a draft: you see the difference word by word, can try what it would lead to, and send it for approval. Until then the policy stands as it is.',
  },
  toPolicy: { nb: 'Til policyen', en: 'To the policy' },
  fromFile: { nb: 'Policyen som fil', en: 'The policy as a file' },
  fromPolicy: { nb: 'Les inn en policy dere har', en: 'Read in a policy you have' },
  controls: {
    nb: (count: number, told: string) => (count === 1 ? 'Én kontroll' : `${told} kontroller`),
    en: (count: number, told: string) => (count === 1 ? 'One control' : `${told} controls`),
  },
  and: { nb: (count: string) => `${count} til`, en: (count: string) => `${count} more` },
})

const groups = [
  { name: 'waiting', states: ['submitted'] },
  { name: 'open', states: ['open'] },
  { name: 'ended', states: ['published', 'rejected', 'withdrawn'] },
] as const satisfies readonly { readonly name: string; readonly states: readonly DraftSummary['state'][] }[]

/** Every draft by where it stands; what waits for somebody comes first. */
export default function Drafts() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const drafts = useResource<readonly DraftSummary[]>('/api/policy/drafts', 15_000)
  return (
    <Page
      title={said.title}
      lead={
        <>
          <p>{said.lead}</p>
          <p className="mt-2 flex flex-wrap gap-x-6 gap-y-1">
            {mayChange && (
              <Link to={places.readPolicy} className="text-link">
                {said.fromPolicy}
              </Link>
            )}
            <Link to={places.policyFile} className="text-link">
              {said.fromFile}
            </Link>
          </p>
        </>
      }
    >
      <Loaded of={drafts} lines={6}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState
              title={said.none}
              action={
                <ButtonLink weight="main" to={places.policy}>
                  {said.toPolicy}
                </ButtonLink>
              }
            >
              {said.noneWhy}
            </EmptyState>
          ) : (
            groups.map(({ name, states }) => {
              const here = all.filter(({ state }) => states.some((each) => each === state))
              if (here.length === 0) return null
              return (
                <section key={name} className="mt-10 first:mt-0">
                  <h2 className="border-line border-b pb-2 font-semibold">{said[name]}</h2>
                  <ul>
                    {here.map((draft) => (
                      <DraftItem key={draft.id} draft={draft} />
                    ))}
                  </ul>
                </section>
              )
            })
          )
        }
      </Loaded>
    </Page>
  )
}

/** Titles of controls that fit beside a draft. */
const named = 3

function DraftItem({ draft }: { readonly draft: DraftSummary }) {
  const said = useWords(text)
  const states = useWords(draftStateWords)
  const sources = useWords(draftSourceWords)
  const locale = useLocale()
  const { titleOf } = useControls()
  const { id, title, source, state, controls, madeBy, madeAt, submittedAt, decidedAt } = draft
  const more = controls.length - named
  const told = [
    ...controls.slice(0, named).map(titleOf),
    ...(more > 0 ? [said.and(numeral(more, locale))] : []),
  ]
  return (
    <li className="grid grid-cols-1 gap-x-12 gap-y-1 border-line border-b py-5 md:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="max-w-measure">
        <h3 className="font-medium">
          <Link to={places.draft(id)} className="hover:text-accent">
            {title}
          </Link>
        </h3>
        <p className="text-ink-2">
          {said.controls(controls.length, numeral(controls.length, locale))}: {listedWords(told, locale)}
        </p>
      </div>
      <div className="text-ink-2 text-sm">
        <p>
          {states[state]} · <When at={decidedAt ?? submittedAt ?? madeAt} />
        </p>
        <p>
          {madeBy !== null && (
            <>
              <Who id={madeBy} />,{' '}
            </>
          )}
          {sources[source]}
        </p>
      </div>
    </li>
  )
}
