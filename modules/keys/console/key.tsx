import type { KeyDetail } from '@hevd/keys/contract'
import {
  Ago,
  Button,
  durationInWords,
  Facts,
  Loaded,
  Page,
  places,
  Section,
  Table,
  useLocale,
  useParam,
  useQueryText,
  useResource,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { lazy, Suspense } from 'react'
import { BackLink } from './back-link.tsx'
import { useGrantColumns } from './grant-columns.tsx'
import { KeyActions } from './key-actions.tsx'
import { KeyExport } from './key-export.tsx'
import { KeyUses } from './key-uses.tsx'
import { KeyVersions } from './key-versions.tsx'
import { typeWords } from './key-words.ts'
import { RotatesBy } from './rotates-by.tsx'
import { VaultState } from './vault-state.tsx'

const AskGrant = lazy(() => import('./ask-grant.tsx'))

const text = words({
  back: { nb: 'Alle nøkler', en: 'All keys' },
  who: { nb: 'Hvem kan bruke den', en: 'Who can use it' },
  whoNote: {
    nb: 'Hver av dem til den siste dagen, og ikke lenger.',
    en: 'Each of them until the last day, and no longer.',
  },
  nobody: { nb: 'Ingen kan bruke den nå.', en: 'Nobody can use it now.' },
  ask: { nb: 'Be om en tildeling', en: 'Ask for a grant' },
  what: { nb: 'Hva den er', en: 'What it is' },
  type: { nb: 'Type', en: 'Type' },
  derived: { nb: 'egen nøkkel for hver kontekst', en: 'a key of its own for each context' },
  convergent: { nb: 'samme tekst gir samme chiffertekst', en: 'the same text gives the same ciphertext' },
  version: { nb: 'Nyeste versjon', en: 'Newest version' },
  rotated: { nb: 'Rotert', en: 'Rotated' },
  every: { nb: 'Roteres', en: 'Rotated' },
  byHand: { nb: 'for hånd', en: 'by hand' },
  everyPeriod: {
    nb: (period: string) => `av seg selv etter ${period}`,
    en: (period: string) => `by itself after ${period}`,
  },
  encrypts: { nb: 'Krypterer med', en: 'Encrypts with' },
  newest: { nb: 'den nyeste versjonen', en: 'the newest version' },
  from: {
    nb: (version: number) => `versjon ${version} og nyere`,
    en: (version: number) => `version ${version} and newer`,
  },
  decrypts: { nb: 'Dekrypterer med', en: 'Decrypts with' },
  deletion: { nb: 'Sletting', en: 'Deletion' },
  allowed: { nb: 'tillatt', en: 'allowed' },
  notAllowed: { nb: 'ikke tillatt', en: 'not allowed' },
  used: { nb: 'Sist brukt', en: 'Last used' },
  never: { nb: 'aldri', en: 'never' },
  made: { nb: 'Laget', en: 'Made' },
  deletedWhy: {
    nb: 'Den er slettet og kan ikke brukes. Den kan gjenopprettes til den slettes for godt',
    en: 'It is deleted and cannot be used. It can be restored until it is destroyed',
  },
})

/** One key: who can use it, why and until when; its versions; who used it; and what can be done with it. */
export default function OneKey() {
  const said = useWords(text)
  const name = useParam('name')
  const path = `/api/keys/${encodeURIComponent(name)}`
  const key = useResource<KeyDetail>(path, 30_000)
  return (
    <Page
      title={name}
      lead={<BackLink to={places.keys}>{said.back}</BackLink>}
      actions={key.data !== undefined && <KeyActions of={key.data} />}
    >
      <VaultState />
      <Loaded of={key} lines={8}>
        {(detail) => <Detail of={detail} />}
      </Loaded>
    </Page>
  )
}

function Detail({ of }: { readonly of: KeyDetail }) {
  const said = useWords(text)
  const columns = useGrantColumns(true)
  const [query, change] = useQueryText()
  const { name, grants, deletedAt, destroysAt } = of
  return (
    <>
      {deletedAt !== null && destroysAt !== null && (
        <p role="status" className="mb-8 border-fails border-l-2 bg-fails-wash px-4 py-3">
          {said.deletedWhy} <When at={destroysAt} />.
        </p>
      )}
      <Section title={said.who} note={said.whoNote}>
        {grants.length === 0 ? (
          <p className="text-ink-2">{said.nobody}</p>
        ) : (
          <Table label={said.who} columns={columns} rows={grants} rowKey={({ id }) => id} />
        )}
        {deletedAt === null && (
          <Button className="mt-6" onClick={() => change({ ask: 'yes' })}>
            {said.ask}
          </Button>
        )}
      </Section>
      <KeyExport of={of} />
      <Section title={said.what}>
        <What of={of} />
      </Section>
      <KeyVersions of={of} />
      <KeyUses of={of} />
      <Suspense>
        {query.get('ask') === 'yes' && <AskGrant of={name} onClose={() => change({ ask: null })} />}
      </Suspense>
    </>
  )
}

function What({ of }: { readonly of: KeyDetail }) {
  const said = useWords(text)
  const locale = useLocale()
  const { type, derived, convergent, version, minEncryption, minDecryption } = of
  const kind = [typeWords[type], ...(derived ? [said.derived] : []), ...(convergent ? [said.convergent] : [])]
  return (
    <Facts
      of={[
        [said.type, kind.join(', ')],
        [said.version, version],
        [
          said.every,
          of.autoRotate === null ? said.byHand : said.everyPeriod(durationInWords(of.autoRotate, locale)),
        ],
        [
          said.rotated,
          <>
            <Ago at={of.rotatedAt} />
            {of.autoRotate !== null && <RotatesBy of={of} />}
          </>,
        ],
        [said.encrypts, minEncryption === 0 ? said.newest : said.from(minEncryption)],
        [said.decrypts, said.from(minDecryption)],
        [said.deletion, of.deletionAllowed ? said.allowed : said.notAllowed],
        [said.used, of.lastUsedAt === null ? said.never : <Ago key="used" at={of.lastUsedAt} />],
        [said.made, <When key="made" at={of.madeAt} />],
      ]}
    />
  )
}
