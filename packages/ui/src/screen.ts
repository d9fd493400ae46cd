import type { Bilingual } from '@hevd/core'
import type { ComponentType } from 'react'

/**
 * One page of the console, as its module declares it: one small file of its own, loaded when it is first gone to. The
 * shell makes its route, its place in the menu and its line in the command palette out of this.
 */
export type Screen = {
  /** Address with `$name` for parts that vary, such as `/controls/$id`. */
  readonly path: string
  readonly title: Bilingual
  /** Who may open it; others are told whom to ask. `public` is reached before signing in; what is for auditors is for all. */
  readonly access: 'public' | 'auditor' | 'reader' | 'administrator'
  /** Its place in the menu, lowest first; null for a page that is reached from another. */
  readonly menu: number | null
  /** What can be begun there, for the palette; `to` is an address that begins it. */
  readonly actions?: readonly {
    readonly title: Bilingual
    readonly to: string
    readonly access: 'reader' | 'administrator'
  }[]
  load(): Promise<{ readonly default: ComponentType }>
}
