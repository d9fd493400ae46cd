import type { KeyDetail } from '@hevd/keys/contract'
import { Ago, type Column, Section, Table, useWords, When, words } from '@hevd/ui'

const text = words({
  title: { nb: 'Versjoner', en: 'Versions' },
  note: {
    nb: 'Det som er kryptert med en eldre versjon, kan dekrypteres til den eldste tillatte versjonen heves.',
    en: 'What an older version encrypted can be decrypted until the minimum version is raised.',
  },
  version: { nb: 'Versjon', en: 'Version' },
  made: { nb: 'Laget', en: 'Made' },
  used: { nb: 'Sist brukt', en: 'Last used' },
  never: { nb: 'aldri', en: 'never' },
  state: { nb: 'Brukes til', en: 'Used to' },
  encrypts: { nb: 'kryptere og dekryptere', en: 'encrypt and decrypt' },
  decrypts: { nb: 'dekryptere', en: 'decrypt' },
  signs: { nb: 'signere og kontrollere', en: 'sign and verify' },
  verifies: { nb: 'kontrollere', en: 'verify' },
  nothing: { nb: 'ingenting', en: 'nothing' },
  destroyed: { nb: 'destruert', en: 'destroyed' },
})
type Version = KeyDetail['versions'][number]

/** Versions of a key, the newest first, and what each is still good for. */
export function KeyVersions({ of }: { readonly of: KeyDetail }) {
  const said = useWords(text)
  const { type, version: newest, minEncryption, minDecryption } = of
  const encrypts = type.endsWith('gcm96') || type === 'chacha20-poly1305'
  const from = minEncryption === 0 ? newest : minEncryption
  const goodFor = (version: number) =>
    version >= from
      ? encrypts
        ? said.encrypts
        : said.signs
      : version >= minDecryption
        ? encrypts
          ? said.decrypts
          : said.verifies
        : said.nothing
  const columns: readonly Column<Version>[] = [
    { key: 'version', head: said.version, width: '6rem', cell: ({ version }) => version },
    {
      key: 'state',
      head: said.state,
      width: '2fr',
      cell: ({ version, destroyedAt }) =>
        destroyedAt === null ? (
          goodFor(version)
        ) : (
          <span className="text-ink-2">
            {said.destroyed} <When at={destroyedAt} />
          </span>
        ),
    },
    { key: 'made', head: said.made, cell: ({ madeAt }) => <When at={madeAt} /> },
    {
      key: 'used',
      head: said.used,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="text-ink-2">{said.never}</span> : <Ago at={lastUsedAt} />,
    },
  ]
  const newestFirst = [...of.versions].sort((a, b) => b.version - a.version)
  return (
    <Section title={said.title} note={said.note}>
      <Table
        label={said.title}
        columns={columns}
        rows={newestFirst}
        rowKey={({ version }) => String(version)}
      />
    </Section>
  )
}
