import type { KeyObject } from 'node:crypto'
import { wrappingKey } from '../domain/root-key.ts'
import { KeysError } from '../errors.ts'
import type { Ceremony, SealKind, SharePlan, Sharing } from '../seal/seal.ts'

/** What was chosen for the root key: shares for custodians, or a seal that opens by itself. */
export type Choice =
  | { readonly seal: 'shares'; readonly plan: SharePlan }
  | { readonly seal: Exclude<SealKind, 'shares'> }

/** Shares that wait for their custodians. `rootKey` is there while it has never been stored. */
export type PendingSharing = { readonly sharing: Sharing; readonly rootKey: Buffer | null }

/** What one process holds of one organisation's root key. Nothing of it is ever written anywhere. */
export type RootMemory = {
  /** The root key and what is derived of it; null while the vault is sealed. */
  open: { readonly rootKey: Buffer; readonly wrapping: KeyObject } | null
  /** Why a seal that opens by itself did not. */
  why: KeysError | null
  sharing: PendingSharing | null
  readonly unsealing: Ceremony
  resealing: { readonly choice: Choice; readonly ceremony: Ceremony } | null
}

/** Root keys in the memory of this process, by organisation. */
export type RootMemories = {
  of(organisation: string): RootMemory
  /** Takes the root key up; another that was open is zeroed. */
  open(organisation: string, rootKey: Buffer): void
  /** Zeroes the root key and forgets what was given. */
  close(organisation: string): void
  /** The key that versions are wrapped under. Throws `sealed`. */
  wrapping(organisation: string): KeyObject
  closeAll(): void
}

export function createRootMemories(newCeremony: () => Ceremony): RootMemories {
  const memories = new Map<string, RootMemory>()
  const of = (organisation: string): RootMemory => {
    let memory = memories.get(organisation)
    if (memory === undefined) {
      memory = { open: null, why: null, sharing: null, unsealing: newCeremony(), resealing: null }
      memories.set(organisation, memory)
    }
    return memory
  }
  const close = (organisation: string) => {
    const memory = of(organisation)
    memory.open?.rootKey.fill(0)
    memory.open = null
    memory.unsealing.reset()
    memory.resealing?.ceremony.reset()
    memory.resealing = null
  }
  return {
    of,
    open(organisation, rootKey) {
      const memory = of(organisation)
      if (memory.open !== null && memory.open.rootKey !== rootKey) memory.open.rootKey.fill(0)
      memory.open = { rootKey, wrapping: wrappingKey(rootKey, organisation) }
      memory.why = null
    },
    close,
    wrapping(organisation) {
      const { open } = of(organisation)
      if (open === null) throw new KeysError('sealed')
      return open.wrapping
    },
    closeAll() {
      for (const [organisation, memory] of memories) {
        close(organisation)
        memory.sharing?.sharing.discard()
        memory.sharing?.rootKey?.fill(0)
        memory.sharing = null
      }
    },
  }
}
