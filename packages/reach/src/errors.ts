/** Why a packet filter could not be worked out at all. A match that is not modelled is not among them. */
export const reachErrors = {
  'not-a-rule-set': 'This is not what nft -j list ruleset or iptables-save prints',
  'chain-missing': 'A rule leads to a chain that is not there',
  'jump-cycle': 'The chains lead into one another in a circle, which the kernel refuses',
  'too-large': 'The rules do not fit in the node budget in any order of the fields',
} as const
export type ReachErrorCode = keyof typeof reachErrors

export class ReachError extends Error {
  readonly code: ReachErrorCode

  constructor(code: ReachErrorCode, about: string) {
    super(`${reachErrors[code]}: ${about}`)
    this.name = 'ReachError'
    this.code = code
  }
}
