import { EmptyState, useWords, words } from '@hevd/ui'

const text = words({
  none: { nb: 'Ingen sikkerhetskopier ennå', en: 'No backups yet' },
  why: {
    nb: 'Sett dem opp på maskinen som har databasen eller mappen. Agenten der melder det hit av seg selv.',
    en: 'Set them up on the host that has the database or folder. Its agent tells of them here by itself.',
  },
  keygen: {
    nb: 'Lag nøkkelen som kan lese, et annet sted enn på maskinen, og ta godt vare på den.',
    en: 'Make the key that can read, elsewhere than on the host, and keep it safe.',
  },
  init: {
    nb: 'På maskinen: si hva som skal kopieres, hvor, og hvem som kan lese.',
    en: 'On the host: say what is backed up, where to, and who can read it.',
  },
  run: {
    nb: 'Ta den første nå, og se at den blir hel.',
    en: 'Make the first one now, and see that it is whole.',
  },
  keep: {
    nb: 'La det gå av seg selv. «unit» lager en systemd-tjeneste av det.',
    en: 'Let it go on by itself. “unit” makes a systemd service of it.',
  },
})

const commands = {
  keygen: 'hevd backups keygen',
  init: 'hevd backups init --to /mnt/backups --postgres own --recipient age1…',
  run: 'hevd backups run',
  keep: 'hevd backups keep',
} as const
const steps = ['keygen', 'init', 'run', 'keep'] as const

/** How to begin, as the commands that do it. */
export function SetUp() {
  const said = useWords(text)
  return (
    <EmptyState title={said.none}>
      <p>{said.why}</p>
      <ol className="mt-6 flex list-decimal flex-col gap-4 pl-5">
        {steps.map((step) => (
          <li key={step}>
            {said[step]}
            <span className="mt-1 block">
              <code className="font-mono text-[0.86em] text-ink-2">{commands[step]}</code>
            </span>
          </li>
        ))}
      </ol>
    </EmptyState>
  )
}
