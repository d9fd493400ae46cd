import { type AddressInfo, createServer, type Socket } from 'node:net'
import { atEnd } from './at-end.ts'

/** What a server says to whoever connects, and what it answers. Bytes as latin1 text. */
export type Script = {
  readonly greeting?: string
  /** Milliseconds before it greets. */
  readonly after?: number
  readonly answer?: (heard: string) => string | null
  /** It hangs up instead of answering what it does not know. */
  readonly hangsUp?: boolean
}

/** Speaks the first bytes of a protocol on loopback until the test ends; gives its port and all that it heard. */
export async function speaker(script: Script): Promise<{ readonly port: number; readonly heard: string[] }> {
  const heard: string[] = []
  const server = createServer((socket) => talk(socket, script, heard))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  atEnd(() => {
    server.close()
  })
  return { port: portOf(server.address()), heard }
}

export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('It listens on no port')
  return address.port
}

function talk(socket: Socket, { greeting, after = 0, answer, hangsUp }: Script, heard: string[]): void {
  socket.on('error', () => {})
  const say = (text: string) => {
    if (!socket.destroyed) socket.write(Buffer.from(text, 'latin1'))
  }
  if (greeting !== undefined) setTimeout(() => say(greeting), after)
  socket.on('data', (chunk: Buffer) => {
    const text = chunk.toString('latin1')
    heard.push(text)
    const reply = answer?.(text) ?? null
    if (reply !== null) say(reply)
    else if (hangsUp === true) socket.destroy()
  })
}
