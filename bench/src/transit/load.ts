import { connect } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

/** One stretch of load: the bytes of a request, sent again on each of so many connections as soon as it was answered. */
export type Load = {
  readonly port: number
  readonly request: string
  readonly connections: number
  readonly milliseconds: number
}

const { port, request, connections, milliseconds }: Load = workerData
const wanted = 'HTTP/1.1 200 '
let answered = 0
let over = false

/** Length of the first whole answer in a text; null while it is not there. Throws for any other than 200. */
function answerIn(text: string): number | null {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return null
  if (!text.startsWith(wanted)) throw new Error(text)
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(text.slice(0, head + 2))?.[1]
  if (length === undefined) throw new Error(`An answer without a length: ${text}`)
  const whole = head + 4 + Number(length)
  return text.length >= whole ? whole : null
}

await Promise.all(
  Array.from(
    { length: connections },
    () =>
      new Promise<void>((done, fail) => {
        const socket = connect({ port, host: '127.0.0.1', noDelay: true })
        let text = ''
        socket.setEncoding('latin1')
        socket.on('error', fail)
        socket.on('close', () => done())
        socket.on('connect', () => socket.write(request))
        socket.on('data', (part: string) => {
          text += part
          const whole = answerIn(text)
          if (whole === null) return
          text = text.slice(whole)
          if (over) {
            socket.destroy()
            return
          }
          answered += 1
          socket.write(request)
        })
        setTimeout(() => {
          over = true
        }, milliseconds)
      }),
  ),
)
parentPort?.postMessage(answered)
