/** Runs what has the same name one after the other, and what has another name beside it. */
export function inTurn(): <T>(name: string, run: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return (name, run) => {
    const before = last.get(name) ?? Promise.resolve()
    const mine = before.then(run, run)
    last.set(name, mine)
    const clear = () => {
      if (last.get(name) === mine) last.delete(name)
    }
    mine.then(clear, clear)
    return mine
  }
}
