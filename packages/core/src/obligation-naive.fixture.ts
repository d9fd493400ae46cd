/** A case for the naive simulation, in days from the event; pauses with both days in them. */
export type NaiveCase = {
  readonly mode: 'once' | 'from-due' | 'from-completion'
  readonly within: number
  readonly every: number
  readonly grace: number
  readonly validity: number | null
  readonly records: readonly number[]
  readonly pauses: readonly { readonly from: number; readonly until: number }[]
}
export type NaiveOutcome = {
  readonly fails: boolean
  readonly occurrences: readonly (readonly [day: number, state: string])[]
}

/** What an obligation says at noon of `today`, by walking through the days as somebody with a wall calendar would. */
export function naive(given: NaiveCase, today: number): NaiveOutcome {
  return given.mode === 'from-due' ? byCalendar(given, today) : byRecord(given, today)
}

/** The `count`-th day from `first` on that is not paused. */
function running({ pauses }: NaiveCase, first: number, count: number): number {
  let left = count
  for (let day = first; ; day++) {
    if (pauses.some(({ from, until }) => from <= day && day <= until)) continue
    left -= 1
    if (left === 0) return day
  }
}

function byCalendar(given: NaiveCase, today: number): NaiveOutcome {
  const { within, every, grace, records } = given
  const occurrences: [number, string][] = []
  let due = running(given, 0, within + 1)
  let earliest = due - every
  let owed: number | null = null
  let done = false
  let missed = false
  for (let day = -60; day <= today; day++) {
    if (records.includes(day)) {
      if (owed !== null) {
        occurrences.push([owed, day <= owed + grace ? 'met' : 'late'])
        owed = null
        missed = false
      } else if (day > earliest) done = true
    }
    if (day !== due || day === today) continue
    if (done) occurrences.push([due, 'met'])
    else {
      if (owed !== null) {
        occurrences.push([owed, 'missed'])
        missed = true
      }
      owed = due
    }
    done = false
    earliest = due
    due = running(given, due + 1, every)
  }
  if (owed !== null) occurrences.push([owed, today > owed + grace ? 'overdue' : 'open'])
  else if (done) occurrences.push([due, 'met'], [running(given, due + 1, every), 'open'])
  else occurrences.push([due, 'open'])
  return { fails: missed || (owed !== null && today > owed + grace), occurrences: sorted(occurrences) }
}

function byRecord(given: NaiveCase, today: number): NaiveOutcome {
  const { mode, within, every, grace, validity, records } = given
  const occurrences = new Map<number, string>()
  let due: number | null = running(given, 0, within + 1)
  let earliest = mode === 'once' ? -1000 : due - every
  for (let day = -60; day <= today && due !== null; day++) {
    if (!records.includes(day) || day <= earliest) continue
    if (day <= due && validity !== null && day + validity <= due) continue
    occurrences.set(due, day <= due + grace ? 'met' : 'late')
    const next: number | null = mode === 'once' ? null : running(given, day + 1, every)
    const end = validity === null ? null : day + validity
    due = end !== null && (next === null || next > end) ? running(given, end, 1) : next
    earliest = day
  }
  if (due !== null) occurrences.set(due, today > due + grace ? 'overdue' : 'open')
  return { fails: due !== null && today > due + grace, occurrences: sorted([...occurrences]) }
}

function sorted(occurrences: [number, string][]): [number, string][] {
  return occurrences.sort(([a], [b]) => a - b)
}
