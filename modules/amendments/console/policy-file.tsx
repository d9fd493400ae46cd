import { Page, Section, useMayChange, useWords, words } from '@hevd/ui'
import { ImportPolicy } from './import-policy.tsx'

const text = words({
  title: { nb: 'Policyen som fil', en: 'The policy as a file' },
  lead: {
    nb: 'Hele policyen i YAML: ordlyd på begge språk, krav, og hva som ikke gjelder. Til sikkerhetskopi, gjennomgang i egne verktøy, eller en annen Hevd.',
    en: 'The whole policy in YAML: wording in both languages, requirements, and what does not apply. For keeping, for review in tools of your own, or for another Hevd.',
  },
  get: { nb: 'Hent ut', en: 'Export' },
  download: { nb: 'Last ned policyen (YAML)', en: 'Download the policy (YAML)' },
  what: {
    nb: 'Filen er policyen som gjelder nå. Åpne utkast er ikke med.',
    en: 'The file is the policy in force now. Open drafts are not in it.',
  },
  put: { nb: 'Les inn', en: 'Import' },
  putNote: { nb: 'Blir et utkast', en: 'Becomes a draft' },
})

/** The policy out of Hevd as a file, and a file back in as a draft. */
export default function PolicyFile() {
  const said = useWords(text)
  const mayChange = useMayChange()
  return (
    <Page title={said.title} lead={said.lead}>
      <Section title={said.get}>
        <p className="max-w-measure text-ink-2">{said.what}</p>
        <p className="mt-4">
          <a href="/api/policy.yaml" download className="text-link">
            {said.download}
          </a>
        </p>
      </Section>
      {mayChange && (
        <Section title={said.put} note={said.putNote}>
          <ImportPolicy />
        </Section>
      )}
    </Page>
  )
}
