import { connect, type Socket } from 'node:net'

export type Peer = { readonly address: string; readonly port: number }

/** A connection on which one may wait for what the other side says. */
export type Conversation = {
  /**
   * All that was said since the last call, once it has paused for a moment, `enough` is content, the other side has
   * ended, or the milliseconds are up. Empty when nothing came.
   */
  hear(milliseconds: number, enough?: (heard: Buffer) => boolean): Promise<Buffer>
  say(bytes: Uint8Array | string): void
}

const connectLimit = 2000
const pause = 150
const mostBytes = 64 * 1024

/** Talks over one connection and ends it. Null when nobody can be connected to. */
export async function converse<T>(peer: Peer, talk: (with_: Conversation) => Promise<T>): Promise<T | null> {
  const socket = connect({ host: peer.address, port: peer.port })
  try {
    return (await connected(socket)) ? await talk(over(socket)) : null
  } finally {
    socket.destroy()
  }
}

function connected(socket: Socket): Promise<boolean> {
  return new Promise((done) => {
    const timer = setTimeout(() => done(false), connectLimit)
    const settle = (yes: boolean) => {
      clearTimeout(timer)
      done(yes)
    }
    socket.once('connect', () => settle(true))
    socket.on('error', () => settle(false))
  })
}

function over(socket: Socket): Conversation {
  let heard = Buffer.alloc(0)
  let ended = false
  let notice = () => {}
  socket.on('data', (chunk: Buffer) => {
    if (heard.length < mostBytes) heard = Buffer.concat([heard, chunk])
    notice()
  })
  for (const end of ['end', 'close'] as const)
    socket.on(end, () => {
      ended = true
      notice()
    })
  return {
    hear: (milliseconds, enough) =>
      new Promise((done) => {
        let quiet: NodeJS.Timeout | undefined
        const finish = () => {
          clearTimeout(limit)
          clearTimeout(quiet)
          notice = () => {}
          const all = heard
          heard = Buffer.alloc(0)
          done(all)
        }
        const limit = setTimeout(finish, milliseconds)
        notice = () => {
          clearTimeout(quiet)
          if (ended || (heard.length > 0 && enough?.(heard) === true)) finish()
          else if (heard.length > 0 && enough === undefined) quiet = setTimeout(finish, pause)
        }
        notice()
      }),
    say: (bytes) => {
      if (!socket.destroyed) socket.write(bytes)
    },
  }
}
