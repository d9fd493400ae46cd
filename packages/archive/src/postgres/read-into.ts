import { Socket } from 'node:net'

/** A socket that gives its bytes out as streams do, until somebody takes them over. */
export type Reading = {
  readonly socket: Socket
  /**
   * From now on each piece is there only until the next one is asked for: they are all read into one buffer, so that gigabytes
   * leave no garbage behind. Ends with the connection.
   */
  takeOver(): AsyncGenerator<Buffer, void, undefined>
}

/** @param bytes how much is read at a time */
export function readingInto(bytes: number): Reading {
  const buffer = Buffer.allocUnsafe(bytes)
  let hand: ((read: number | null) => void) | null = null
  let isTaken = false
  const socket = new Socket({
    onread: {
      buffer,
      callback(read) {
        if (!isTaken) return socket.emit('data', Buffer.from(buffer.subarray(0, read)))
        hand?.(read)
        return false
      },
    },
  })
  for (const end of ['end', 'close'] as const) socket.on(end, () => hand?.(null))

  async function* pieces(): AsyncGenerator<Buffer, void, undefined> {
    while (!socket.destroyed && !socket.readableEnded) {
      const read = await new Promise<number | null>((done) => {
        hand = done
        socket.resume()
      })
      if (read === null) return
      yield buffer.subarray(0, read)
    }
  }
  return {
    socket,
    takeOver() {
      isTaken = true
      socket.pause()
      socket.removeAllListeners('data')
      return pieces()
    },
  }
}
