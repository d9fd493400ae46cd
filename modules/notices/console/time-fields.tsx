import type { ChangingOwn } from '@hevd/notices/contract'
import { durationInWords, languageTag, SelectField, TextField, useLocale, useWords, words } from '@hevd/ui'

const text = words({
  day: { nb: 'Dag', en: 'Day' },
  time: { nb: 'Klokkeslett', en: 'Time' },
  urgent: {
    nb: 'Det som haster, kommer straks: et løfte som brytes, en kilde som blir taus',
    en: 'What is urgent comes at once: a promise that breaks, a source that falls silent',
  },
  quiet: {
    nb: 'Ikke send om natten; det som skulle kommet, kommer etterpå',
    en: 'Send nothing at night; what would have come, comes afterwards',
  },
  from: { nb: 'Stille fra', en: 'Quiet from' },
  until: { nb: 'Stille til', en: 'Quiet until' },
  zone: { nb: 'Tidssone', en: 'Time zone' },
  organisation: {
    nb: (zone: string) => `Virksomhetens (${zone})`,
    en: (zone: string) => `The organisation’s (${zone})`,
  },
  remind: { nb: 'Påminnelse før en frist', en: 'Reminder before a deadline' },
  never: { nb: 'Ingen', en: 'None' },
  before: { nb: (time: string) => `${time} før`, en: (time: string) => `${time} before` },
})

const reminders = [1, 3, 7, 14, 30]
const night = { from: '22:00', until: '07:00' }

/** When the reader is told: the time of a digest, quiet hours, reminders, and by whose clocks. */
export function TimeFields({
  draft,
  organisationZone,
  onChange,
}: {
  readonly draft: ChangingOwn
  readonly organisationZone: string
  onChange(part: Partial<ChangingOwn>): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  const { rhythm, quiet } = draft
  const isDigest = rhythm === 'daily' || rhythm === 'weekly'
  return (
    <>
      {isDigest && (
        <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
          {rhythm === 'weekly' && (
            <SelectField
              label={said.day}
              value={draft.digestWeekday}
              onChange={({ target }) => onChange({ digestWeekday: Number(target.value) })}
            >
              {weekdays(languageTag[locale]).map((name, index) => (
                <option key={name} value={index + 1}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
          <TextField
            label={said.time}
            type="time"
            required
            value={draft.digestTime}
            onChange={({ target }) => onChange({ digestTime: target.value })}
          />
        </div>
      )}
      {isDigest && (
        <Tick checked={draft.urgentAtOnce} onTick={(urgentAtOnce) => onChange({ urgentAtOnce })}>
          {said.urgent}
        </Tick>
      )}
      <Tick checked={quiet !== null} onTick={(ticked) => onChange({ quiet: ticked ? night : null })}>
        {said.quiet}
      </Tick>
      {quiet !== null && (
        <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
          {(['from', 'until'] as const).map((end) => (
            <TextField
              key={end}
              label={said[end]}
              type="time"
              required
              value={quiet[end]}
              onChange={({ target }) => onChange({ quiet: { ...quiet, [end]: target.value } })}
            />
          ))}
        </div>
      )}
      <SelectField
        label={said.zone}
        value={draft.timeZone ?? ''}
        onChange={({ target }) => onChange({ timeZone: target.value === '' ? null : target.value })}
      >
        <option value="">{said.organisation(organisationZone)}</option>
        {otherZones(organisationZone, draft.timeZone).map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={said.remind}
        value={draft.remindDays ?? ''}
        onChange={({ target }) => onChange({ remindDays: target.value === '' ? null : Number(target.value) })}
      >
        <option value="">{said.never}</option>
        {[...new Set([...reminders, ...(draft.remindDays === null ? [] : [draft.remindDays])])].map(
          (days) => (
            <option key={days} value={days}>
              {said.before(durationInWords(`P${days}D`, locale))}
            </option>
          ),
        )}
      </SelectField>
    </>
  )
}

function Tick({
  checked,
  onTick,
  children,
}: {
  readonly checked: boolean
  onTick(checked: boolean): void
  readonly children: string
}) {
  return (
    <label className="flex min-h-6 items-baseline gap-3">
      <input type="checkbox" checked={checked} onChange={({ target }) => onTick(target.checked)} />
      <span>{children}</span>
    </label>
  )
}

/** The reader's own machine's, and the one that is chosen: whoever travels sets it where they are. */
function otherZones(organisationZone: string, chosen: string | null): readonly string[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  return [...new Set([here, chosen ?? here])].filter((zone) => zone !== organisationZone)
}

/** From Monday on. 1 January 2024 was one. */
function weekdays(tag: string): readonly string[] {
  const format = new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, index) => format.format(Date.UTC(2024, 0, index + 1)))
}
