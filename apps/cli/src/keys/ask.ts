/** Asks a person, or takes the next line of what is piped in. */
export type Ask = (question: string, hidden: boolean) => Promise<string>

const interrupted = '\u0003'
const erased = new Set(['\u0008', '\u007F'])

/** @param err where questions are written, so that output can be read by a program */
export function asking(input: NodeJS.ReadStream, err: NodeJS.WritableStream): Ask {
  const lines = input.isTTY ? null : linesOf(input)
  return async (question, hidden) => {
    if (lines !== null) return (await lines.next()).value ?? ''
    // What is typed ahead of the question is not shown either.
    input.setRawMode(true)
    err.write(`${question}: `)
    const line = await typed(input, hidden ? null : err)
    err.write('\n')
    return line
  }
}

async function* linesOf(input: AsyncIterable<unknown>): AsyncGenerator<string, string> {
  let rest = ''
  for await (const part of input) {
    rest += String(part)
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  return rest
}

/** A line as it is typed, shown at `echo` or nowhere. Ctrl-C ends the program, as it does elsewhere. */
function typed(input: NodeJS.ReadStream, echo: NodeJS.WritableStream | null): Promise<string> {
  return new Promise((done) => {
    let line = ''
    input.setEncoding('utf8')
    const take = (part: string) => {
      for (const letter of part) {
        if (letter === interrupted) {
          input.setRawMode(false)
          process.exit(130)
        }
        if (letter === '\r' || letter === '\n') {
          input.setRawMode(false)
          input.off('data', take)
          input.pause()
          done(line)
          return
        }
        if (erased.has(letter)) {
          if (line !== '') echo?.write('\b \b')
          line = [...line].slice(0, -1).join('')
        } else {
          line += letter
          echo?.write(letter)
        }
      }
    }
    input.on('data', take)
    input.resume()
  })
}
