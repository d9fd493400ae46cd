import type { App } from './app.ts'

/** What every module of the server is to the composition root, whatever else it can do. */
export type Module = {
  readonly name: string
  /** Folder of its numbered SQL files; null when it has no tables. */
  readonly migrations: string | null
  /** Adds its routes. */
  register(app: App): void
  /** Adds its routes for agents of other hosts, which have a listener of their own; left out where it has none. */
  registerForAgents?(app: App): void
  /** Starts what runs by itself; resolves when it runs. */
  start(): Promise<void>
  /** Stops it; resolves when nothing of it is under way. */
  stop(): Promise<void>
}
