import { Dialog as Base } from '@base-ui/react/dialog'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

const text = words({
  title: { nb: 'Gå til eller gjør', en: 'Go to or do' },
  search: {
    nb: 'Søk etter side, kontroll eller objekt',
    en: 'Search pages, controls and subjects',
  },
  nothing: { nb: 'Ingenting svarer til dette.', en: 'Nothing answers to this.' },
  keys: { nb: '↑ ↓ velger · Enter går dit · Esc lukker', en: '↑ ↓ chooses · Enter goes there · Esc closes' },
})

/** One thing that can be gone to or done. `also` is searched too but not shown. */
export type Command = {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly hint?: string
  readonly also?: string
  run(): void
}

/**
 * Everything by keyboard: type a few letters of words, choose with the arrows, Enter.
 * @param commands all that may be offered; @param onType lets the owner add what must be looked up
 */
export function CommandPalette({
  open,
  onClose,
  commands,
  onType,
}: {
  readonly open: boolean
  onClose(): void
  readonly commands: readonly Command[]
  onType(typed: string): void
}) {
  const said = useWords(text)
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <Base.Viewport className="fixed inset-0 z-50 flex justify-center p-4 pt-[12vh]">
          <Base.Popup className="flex h-fit max-h-[70vh] w-full max-w-xl flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-float">
            <Base.Title className="sr-only">{said.title}</Base.Title>
            <Choose commands={commands} onClose={onClose} onType={onType} />
            <p
              aria-hidden="true"
              className="border-line border-t px-5 py-2.5 text-ink-3 text-sm max-md:hidden"
            >
              {said.keys}
            </p>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

const most = 40

function Choose({
  commands,
  onClose,
  onType,
}: {
  readonly commands: readonly Command[]
  onClose(): void
  onType(typed: string): void
}) {
  const said = useWords(text)
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const found = matching(commands, typed).slice(0, most)
  const chosen = found[Math.min(at, found.length - 1)]

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })
  const run = (command: Command) => {
    onClose()
    command.run()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && chosen !== undefined) run(chosen)
    else if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${chosen.id}`}
        aria-label={said.search}
        placeholder={said.search}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
          onType(event.target.value)
        }}
        onKeyDown={press}
        className="w-full border-line border-b bg-transparent px-5 py-4 text-base outline-none placeholder:text-ink-3"
      />
      <div ref={list} id={id} role="listbox" aria-label={said.title} className="min-h-0 overflow-y-auto p-2">
        {found.map((command, index) => (
          <div key={command.id} role="presentation">
            {command.group !== found[index - 1]?.group && (
              <p role="presentation" className="px-3 pt-3 pb-1 text-ink-3 text-sm">
                {command.group}
              </p>
            )}
            <div
              role="option"
              id={`${id}-${command.id}`}
              aria-selected={command === chosen}
              tabIndex={-1}
              onClick={() => run(command)}
              onKeyDown={press}
              onMouseMove={() => index !== at && setAt(index)}
              className="flex cursor-pointer items-baseline justify-between gap-4 rounded px-3 py-2 aria-selected:bg-accent-wash"
            >
              <span className="min-w-0 truncate">{command.title}</span>
              {command.hint !== undefined && (
                <span className="shrink-0 text-ink-2 text-sm">{command.hint}</span>
              )}
            </div>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="px-5 pb-5 text-ink-2">{said.nothing}</p>}
    </>
  )
}

/** Those in which every typed word occurs, those whose title begins with it first. Groups stay together. */
export function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return commands
  const scored = commands
    .map((command) => ({ command, score: scoreOf(command, wanted) }))
    .filter(({ score }) => score > 0)
  const best = new Map<string, number>()
  for (const { command, score } of scored)
    best.set(command.group, Math.max(score, best.get(command.group) ?? 0))
  return scored
    .sort(
      (a, b) =>
        (best.get(b.command.group) ?? 0) - (best.get(a.command.group) ?? 0) ||
        a.command.group.localeCompare(b.command.group) ||
        b.score - a.score,
    )
    .map(({ command }) => command)
}

function scoreOf({ title, hint, also }: Command, wanted: readonly string[]): number {
  const name = title.toLowerCase()
  const whole = `${name} ${hint ?? ''} ${also ?? ''}`.toLowerCase()
  if (!wanted.every((word) => whole.includes(word))) return 0
  const first = wanted[0] ?? ''
  return name.startsWith(first) ? 3 : name.includes(first) ? 2 : 1
}
