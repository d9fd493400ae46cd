import type { Stored } from '../envelope/envelope.ts'

/** An encrypted value of type `T` as it is stored. It says nothing of itself; `open` of the adapter takes a row of them. */
export class Sealed<T> {
  readonly #stored: Stored
  /** For the type checker alone. */
  declare readonly of: T

  constructor(stored: Stored) {
    this.#stored = stored
  }

  /** What the database holds. */
  get stored(): Stored {
    return this.#stored
  }

  toJSON(): string {
    return '[sealed]'
  }
}
