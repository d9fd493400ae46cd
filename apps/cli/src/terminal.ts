import type { State } from '@hevd/core'

/** How a terminal shows the product's marks: shape first, then colour where the terminal has it. */
export type Terminal = {
  readonly columns: number
  readonly colour: boolean
  write(line: string): void
  /** A line that the next one of its kind replaces; written only where somebody watches. */
  progress(line: string): void
}

const marks = { holds: '●', fails: '▲', unknown: '◌', excepted: '◐' } as const satisfies Record<State, string>
const colours = { holds: 32, fails: 31, unknown: 90, excepted: 33 } as const satisfies Record<State, number>

export function mark(state: State, { colour }: Pick<Terminal, 'colour'>): string {
  return colour ? `\u001B[${colours[state]}m${marks[state]}\u001B[0m` : marks[state]
}

/** Names of files and accounts are other people's words, and may hold what moves a cursor or hides a line. */
const plainly = (text: string) => text.replace(/(?!\s)\p{Cc}/gu, '\uFFFD')
/** The same for a line with our own colours in it. */
const beginsColour = '\u001B'
const unruly = new RegExp(`(?!${beginsColour}\\[\\d*m)(?![\\n\\t])\\p{Cc}`, 'gu')

/** Text in lines of at most `width`, each after `indent` spaces; a word longer than a line is cut. */
export function wrapped(text: string, width: number, indent: number): string[] {
  const room = Math.max(20, width - indent)
  const lines: string[] = []
  let line = ''
  const words = plainly(text)
    .split(/\s+/)
    .flatMap((word) => word.match(new RegExp(`.{1,${room}}`, 'gu')) ?? [])
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '') lines.push(line)
  return lines.map((each) => ' '.repeat(indent) + each)
}

/**
 * The terminal of a process. Progress goes to standard error, so that output can be read by a program. Who stops
 * reading, as `head` does, ends the program quietly.
 */
export function terminalOf(
  out: NodeJS.WriteStream,
  err: NodeJS.WriteStream,
  environment: NodeJS.ProcessEnv,
): Terminal {
  const columns = Math.min(out.columns ?? 80, 100)
  let shown = false
  out.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
  const clear = () => {
    if (shown) err.write('\r\u001B[K')
    shown = false
  }
  return {
    columns,
    colour: out.isTTY === true && environment.NO_COLOR === undefined,
    write(line) {
      clear()
      out.write(`${line.replace(unruly, '\uFFFD')}\n`)
    },
    progress(line) {
      if (err.isTTY !== true) return
      clear()
      err.write(line.slice(0, columns - 1))
      shown = true
    },
  }
}
