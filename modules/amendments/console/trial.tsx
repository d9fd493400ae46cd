import type { DraftDetail, Trial as Tried } from '@hevd/amendments/contract'
import {
  Button,
  call,
  Fault,
  Link,
  Loading,
  Mark,
  numeral,
  places,
  useAction,
  useLocale,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { TrialFlips } from './trial-flips.tsx'

const text = words({
  what: {
    nb: 'Alt utkastet berører, bedømmes på nytt ut fra det som er kjent nå, som om det allerede gjaldt.',
    en: 'All that the draft touches is judged again from what is known now, as if it were in force.',
  },
  try: { nb: 'Hva ville blitt annerledes?', en: 'What would change?' },
  again: { nb: 'Prøv igjen', en: 'Try again' },
  running: {
    nb: 'Bedømmer på nytt. Det kan ta et minutt der mye er berørt; siden kan forlates imens.',
    en: 'Judging again. It can take a minute where much is touched; the page may be left meanwhile.',
  },
  judged: {
    nb: (count: string) => `${count} kontrollobjekter er bedømt på nytt`,
    en: (count: string) => `${count} subjects were judged again`,
  },
  left: {
    nb: (count: string) => `Det var ikke tid til ${count} til; om dem er ingenting sagt.`,
    en: (count: string) => `There was no time for ${count} more; nothing is said of them.`,
  },
  nothing: {
    nb: 'Ingenting ville blitt annerledes.',
    en: 'Nothing would change.',
  },
  none: {
    nb: 'Ingen kontrollobjekter skifter tilstand.',
    en: 'No subject changes state.',
  },
  becomes: { nb: 'blir', en: 'becomes' },
  holds: {
    nb: (count: string) => `${count} blir overholdt`,
    en: (count: string) => `${count} become upheld`,
  },
  fails: {
    nb: (count: string) => `${count} blir ikke overholdt`,
    en: (count: string) => `${count} become not upheld`,
  },
  unknown: {
    nb: (count: string) => `${count} blir ukjent`,
    en: (count: string) => `${count} become unknown`,
  },
  excepted: {
    nb: (count: string) => `${count} blir unntak`,
    en: (count: string) => `${count} become excepted`,
  },
  outside: {
    nb: (count: string) => `${count} faller utenfor`,
    en: (count: string) => `${count} fall outside`,
  },
})

/** What would stand now if the draft were in force; asked for, since it can take a while. */
export function Trial({ draft }: { readonly draft: DraftDetail }) {
  const said = useWords(text)
  const trying = useAction({
    call: () => call<Tried>('POST', `/api/policy/drafts/${draft.id}/trial`),
    refreshes: [],
  })
  const result = trying.answer
  return (
    <div>
      <p className="max-w-measure text-ink-2">{trying.running ? said.running : said.what}</p>
      <div className="mt-4">
        <Button running={trying.running} onClick={() => void trying.run(undefined)}>
          {result === null ? said.try : said.again}
        </Button>
      </div>
      <Fault problem={trying.problem} />
      <div aria-live="polite">
        {trying.running ? <Loading lines={4} /> : result !== null && <Result of={result} />}
      </div>
    </div>
  )
}

const turns = ['fails', 'unknown', 'excepted', 'holds', 'outside'] as const

function Result({ of: { at, judged, left, controls, flips } }: { readonly of: Tried }) {
  const said = useWords(text)
  const locale = useLocale()
  const number = (value: number) => numeral(value, locale)
  return (
    <div className="mt-6">
      <p className="text-ink-2">
        {said.judged(number(judged))}, <When at={at} />.
      </p>
      {left > 0 && <p className="mt-1 text-unknown">◌ {said.left(number(left))}</p>}
      {controls.length === 0 && <p className="mt-4 font-medium">{said.nothing}</p>}
      <ul className="mt-4 border-line border-t empty:hidden">
        {controls.map(({ control, title, before, after, becoming }) => (
          <li
            key={control}
            className="grid grid-cols-1 gap-x-8 gap-y-1 border-line border-b py-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]"
          >
            <Link to={places.control(control)} className="font-medium hover:text-accent">
              {title[locale]}
            </Link>
            <div>
              <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
                <Mark state={before} />
                {before === after ? null : (
                  <>
                    <span aria-hidden="true" className="text-ink-3">
                      →
                    </span>
                    <span className="sr-only">{said.becomes}</span>
                    <Mark state={after} />
                  </>
                )}
              </p>
              <p className="text-ink-2 text-sm">
                {turns
                  .filter((turn) => becoming[turn] > 0)
                  .map((turn) => said[turn](number(becoming[turn])))
                  .join(' · ') || said.none}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {flips.length > 0 && <TrialFlips of={flips} />}
    </div>
  )
}
