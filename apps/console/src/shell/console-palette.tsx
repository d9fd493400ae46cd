import type { PolicyView, SubjectView } from '@hevd/posture/contract'
import {
  type Command,
  mayOpen,
  type PageOf,
  places,
  stateTitle,
  themes,
  useChooseLocale,
  useGo,
  useLocale,
  useReader,
  useResource,
  useSettled,
  useTheme,
  useWords,
  words,
} from '@hevd/ui'
import { CommandPalette } from '@hevd/ui/palette'
import { useState } from 'react'
import { screens } from '../screens.ts'
import { useSignOut } from './account-menu.tsx'

const text = words({
  pages: { nb: 'Sider', en: 'Pages' },
  controls: { nb: 'Kontroller', en: 'Controls' },
  actions: { nb: 'Handlinger', en: 'Actions' },
  subjects: { nb: 'Kontrollobjekter', en: 'Subjects' },
  signOut: { nb: 'Logg ut', en: 'Sign out' },
  norwegian: { nb: 'Les på norsk', en: 'Les på norsk' },
  english: { nb: 'Read in English', en: 'Read in English' },
  system: { nb: 'Farger som maskinen', en: 'Colours as the machine' },
  light: { nb: 'Lyse farger', en: 'Light colours' },
  dark: { nb: 'Mørke farger', en: 'Dark colours' },
})

/** Ctrl K: every page, every control, every action, and the subjects whose name has what is typed. */
export default function ConsolePalette({
  policy,
  onClose,
}: {
  readonly policy: PolicyView | null
  onClose(): void
}) {
  const [typed, setTyped] = useState('')
  const commands = [...useActions(), ...usePages(), ...useControls(policy), ...useSubjects(typed)]
  return <CommandPalette open onClose={onClose} commands={commands} onType={setTyped} />
}

function usePages(): readonly Command[] {
  const said = useWords(text)
  const locale = useLocale()
  const go = useGo()
  const reader = useReader()
  return screens
    .filter(({ path, access }) => !path.includes('$') && access !== 'public' && mayOpen(reader, access))
    .filter(({ path }) => path !== '/subject' && path !== '/evidence')
    .map(({ path, title }) => ({
      id: `page-${path}`,
      group: said.pages,
      title: title[locale],
      also: path,
      run: () => go(path),
    }))
}

function useControls(policy: PolicyView | null): readonly Command[] {
  const said = useWords(text)
  const locale = useLocale()
  const go = useGo()
  return (policy?.sections ?? []).flatMap(({ controls }) =>
    controls.map(({ id, title, state }) => ({
      id: `control-${id}`,
      group: said.controls,
      title: title[locale],
      hint: stateTitle(state, locale),
      also: id,
      run: () => go(places.control(id)),
    })),
  )
}

function useActions(): readonly Command[] {
  const said = useWords(text)
  const locale = useLocale()
  const go = useGo()
  const chooseLocale = useChooseLocale()
  const { choose } = useTheme()
  const leave = useSignOut()
  const reader = useReader()
  const begun = screens
    .flatMap(({ actions = [] }) => actions)
    .filter(({ access }) => mayOpen(reader, access))
    .map(({ title, to }) => ({ title: title[locale], run: () => go(to) }))
  const own = [
    locale === 'nb'
      ? { title: said.english, run: () => chooseLocale('en') }
      : { title: said.norwegian, run: () => chooseLocale('nb') },
    ...themes.map((theme) => ({ title: said[theme], run: () => choose(theme) })),
    { title: said.signOut, run: leave },
  ]
  return [...begun, ...own].map(({ title, run }) => ({ id: `do-${title}`, group: said.actions, title, run }))
}

/** Subjects are looked up as one types, from two letters on. */
function useSubjects(typed: string): readonly Command[] {
  const said = useWords(text)
  const locale = useLocale()
  const go = useGo()
  const wanted = useSettled(typed.trim())
  const reader = useReader()
  const asks = wanted.length >= 2 && mayOpen(reader, 'reader')
  const path = asks ? `/api/findings?${new URLSearchParams({ q: wanted, limit: '20' })}` : null
  const found = useResource<PageOf<SubjectView['findings'][number]>>(path)
  const seen = new Set<string>()
  return (found.data?.items ?? []).flatMap(({ subject, state }) => {
    const id = `${subject.kind}-${subject.id}`
    if (seen.has(id)) return []
    seen.add(id)
    return [
      {
        id: `subject-${id.replaceAll(/\s/g, '-')}`,
        group: said.subjects,
        title: subject.name,
        hint: stateTitle(state, locale),
        also: `${subject.id} ${wanted}`,
        run: () => go(places.subject(subject.kind, subject.id)),
      },
    ]
  })
}
