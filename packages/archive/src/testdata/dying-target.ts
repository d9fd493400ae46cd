import type { Target } from '../target.ts'

export class Died extends Error {}

/**
 * A target whose user dies at its nth change, counted from 1: nothing of that change is made, nor of any after it. A file
 * half-written is nowhere to be seen, which the targets' own tests show.
 */
export function dyingTarget(target: Target, after: number): { readonly target: Target; changes(): number } {
  let changes = 0
  const change = <T>(run: () => Promise<T>): Promise<T> => {
    changes += 1
    return changes < after ? run() : Promise.reject(new Died('killed'))
  }
  return {
    changes: () => changes,
    target: {
      ...target,
      put: (...given) => change(() => target.put(...given)),
      remove: (path) => change(() => target.remove(path)),
    },
  }
}

/** Lets one work die at each of its changes in turn, until it is through without. */
export async function dyingEverywhere(
  target: Target,
  work: (target: Target) => Promise<unknown>,
  afterDeath: (after: number) => Promise<void>,
): Promise<number> {
  for (let after = 1; ; after += 1) {
    const dying = dyingTarget(target, after)
    try {
      await work(dying.target)
      return after - 1
    } catch (error) {
      if (!(error instanceof Died)) throw error
      await afterDeath(after)
    }
  }
}
