import type { PeriodDetail, SampleQuery, SampleView } from '@hevd/posture/contract'
import {
  Button,
  Code,
  call,
  EmptyState,
  Fault,
  Link,
  Loaded,
  Mark,
  mayOpen,
  numeral,
  Page,
  places,
  TextField,
  useAction,
  useLocale,
  useParam,
  useQueryText,
  useReader,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { At } from './period-parts.tsx'
import { Replay } from './replay.tsx'
import { Unfolding } from './unfolding.tsx'

const text = words({
  title: { nb: 'Stikkprøve', en: 'Sample' },
  lead: {
    nb: 'Revisor velger frø og antall. De som har minst SHA-256 av «frø|id», er trukket; det samme frøet trekker de samme. Hver trekning står i loggen.',
    en: 'The auditor chooses seed and number. Those with the smallest SHA-256 of “seed|id” are drawn; the same seed draws the same. Every draw is in the log.',
  },
  seed: { nb: 'Frø', en: 'Seed' },
  size: { nb: 'Antall', en: 'Number' },
  draw: { nb: 'Trekk', en: 'Draw' },
  drawn: {
    nb: (some: string, all: string) => `${some} av ${all} er trukket.`,
    en: (some: string, all: string) => `${some} of ${all} are drawn.`,
  },
  none: { nb: 'Ingen å trekke blant', en: 'Nobody to draw from' },
  noneWhy: {
    nb: 'Testen gjaldt ingen i perioden.',
    en: 'The test spoke of nobody in the period.',
  },
  csv: { nb: 'Last ned som CSV', en: 'Download as CSV' },
  until: { nb: 'til', en: 'until' },
  again: { nb: 'Grunnlaget, bedømt på nytt', en: 'The evidence, judged again' },
})

/** Subjects of one test drawn at random, each with what was said of it and what that was judged from. */
export default function PeriodSample() {
  const said = useWords(text)
  const id = useParam('id')
  const [query, change] = useQueryText()
  const [seed, setSeed] = useState(query.get('seed') ?? '')
  const [size, setSize] = useState(query.get('size') ?? '25')
  const path = `/api/periods/${encodeURIComponent(id)}`
  const detail = useResource<PeriodDetail>(path)
  const drawn = query.get('seed') !== null
  const asked = new URLSearchParams({
    test: query.get('test') ?? '',
    seed: query.get('seed') ?? '',
    size: query.get('size') ?? '',
  })
  const drawing = useAction({
    call: (body: SampleQuery) => call<null>('POST', `${path}/samples`, body),
    refreshes: [`${path}/sample`],
  })
  const draw = async (event: FormEvent) => {
    event.preventDefault()
    const { ok } = await drawing.run({ test: query.get('test') ?? '', seed, size: Number(size) })
    if (ok) change({ seed, size })
  }
  return (
    <Page title={said.title} lead={said.lead}>
      <p className="mb-6">
        <Link to={places.period(id)} className="text-link">
          {detail.data?.period.title ?? ''}
        </Link>{' '}
        <Code>{query.get('test') ?? ''}</Code>
      </p>
      <form
        onSubmit={(event) => void draw(event)}
        className="not-on-paper mb-8 flex flex-wrap items-end gap-4"
      >
        <TextField
          label={said.seed}
          required
          maxLength={200}
          value={seed}
          onChange={({ target }) => setSeed(target.value)}
        />
        <TextField
          label={said.size}
          type="number"
          required
          min={1}
          max={200}
          value={size}
          onChange={({ target }) => setSize(target.value)}
        />
        <Button weight="main" type="submit" running={drawing.running}>
          {said.draw}
        </Button>
      </form>
      <Fault problem={drawing.problem} />
      {drawn && <Drawn period={id} asked={asked} zone={detail.data?.period.zone ?? 'UTC'} />}
    </Page>
  )
}

function Drawn({
  period,
  asked,
  zone,
}: {
  readonly period: string
  readonly asked: URLSearchParams
  readonly zone: string
}) {
  const said = useWords(text)
  const locale = useLocale()
  const path = `/api/periods/${encodeURIComponent(period)}`
  const sample = useResource<SampleView>(`${path}/sample?${asked}`)
  const file = new URLSearchParams([...asked, ['lang', locale]])
  return (
    <Loaded of={sample} lines={6}>
      {({ test, of, subjects }) =>
        subjects.length === 0 ? (
          <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
        ) : (
          <>
            <p className="text-ink-2">{said.drawn(numeral(subjects.length, locale), numeral(of, locale))}</p>
            <ol className="mt-4">
              {subjects.map((subject) => (
                <Subject key={subject.id} period={period} test={test} of={subject} zone={zone} />
              ))}
            </ol>
            <p className="not-on-paper mt-6">
              <a href={`${path}/sample/csv?${file}`} download className="text-link">
                {said.csv}
              </a>
            </p>
          </>
        )
      }
    </Loaded>
  )
}

function Subject({
  period,
  test,
  of: { id, name, rank, versions },
  zone,
}: {
  readonly period: string
  readonly test: string
  readonly of: SampleView['subjects'][number]
  readonly zone: string
}) {
  const said = useWords(text)
  const locale = useLocale()
  const reader = useReader()
  return (
    <li className="border-line border-b py-5">
      <p className="font-medium">
        {mayOpen(reader, 'reader') ? (
          <Link to={places.evidence(test, id)} className="hover:text-accent">
            {name}
          </Link>
        ) : (
          name
        )}{' '}
        <Code>{rank.slice(0, 12)}</Code>
      </p>
      <ul className="mt-2 flex flex-col gap-3">
        {versions.map(({ verdict, why, from, until, at }) => (
          <li key={from}>
            <Mark state={verdict} />{' '}
            <span className="text-ink-2">
              <At at={from} zone={zone} />
              {until !== null && (
                <>
                  {' '}
                  {said.until} <At at={until} zone={zone} />
                </>
              )}
            </span>
            {why !== null && <p className="text-ink-2">{why.text[locale]}</p>}
            <Unfolding summary={said.again}>
              <Replay period={period} test={test} subject={id} at={at} />
            </Unfolding>
          </li>
        ))}
      </ul>
    </li>
  )
}
