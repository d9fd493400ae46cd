import { type Duration, plus } from '@hevd/core'
import { KeysError } from '../../errors.ts'
import type { Ceremony, SharesSeal, Sharing } from '../seal.ts'
import { wipe } from '../wipe.ts'
import { readShare, type Share, writeShare } from './share-text.ts'
import { assertShare, openByShares, readSharesRoot, shareOut } from './shares-root.ts'

/** The seal whose key is shared out. @param life how long a ceremony keeps what was given, from the first share on */
export function sharesSeal(life: Duration): SharesSeal {
  return {
    kind: 'shares',
    wrap: async (rootKey, context, plan) => {
      const { root, shares } = shareOut(rootKey, context, plan)
      return sharing({ sealed: root, plan }, new Map(shares))
    },
    planOf: (sealed) => {
      const { threshold, custodians } = readSharesRoot(sealed)
      return { threshold, custodians: custodians.map(({ account }) => account) }
    },
    ceremony: () => ceremony(life),
  }
}

/** @param waiting emptied as shares are taken */
function sharing(of: Pick<Sharing, 'sealed' | 'plan'>, waiting: Map<string, Share>): Sharing {
  return {
    ...of,
    waitsFor: () => [...waiting.keys()],
    take: (custodian) => {
      const share = waiting.get(custodian)
      if (share === undefined)
        throw new KeysError(of.plan.custodians.includes(custodian) ? 'share-taken' : 'not-custodian')
      waiting.delete(custodian)
      const text = writeShare(share)
      wipe(share.value)
      return text
    },
    discard: () => {
      wipe(...[...waiting.values()].map(({ value }) => value))
      waiting.clear()
    },
  }
}

function ceremony(life: Duration): Ceremony {
  const given = new Map<string, Share>()
  let set: string | null = null
  let expiresAt: number | null = null
  let forgetting: NodeJS.Timeout | undefined
  const reset = () => {
    clearTimeout(forgetting)
    wipe(...[...given.values()].map(({ value }) => value))
    given.clear()
    set = null
    expiresAt = null
  }
  /** What was given of another set, or too long ago, is forgotten before anything else. */
  const current = (ofSet: string, now: number) => {
    if ((set !== null && set !== ofSet) || (expiresAt !== null && now >= expiresAt)) reset()
  }
  return {
    reset,
    progress: (sealed, now) => {
      const { set: ofSet, threshold, custodians } = readSharesRoot(sealed)
      current(ofSet, now)
      return {
        threshold,
        custodians: custodians.map(({ account }) => account),
        given: [...given.keys()],
        expiresAt,
      }
    },
    offer: async (sealed, context, { custodian, share: text, now }) => {
      const root = readSharesRoot(sealed)
      current(root.set, now)
      const share = readShare(text)
      assertShare(root, custodian, share)
      given.get(custodian)?.value.fill(0)
      given.set(custodian, share)
      set = root.set
      if (expiresAt === null) {
        expiresAt = plus(now, life, 'UTC')
        forgetting = setTimeout(reset, expiresAt - now).unref()
      }
      if (given.size < root.threshold) return null
      try {
        return openByShares(root, context, [...given.values()])
      } finally {
        reset()
      }
    },
  }
}
