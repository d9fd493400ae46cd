/** What a process of agents tells the bench. */
export type FromAgents =
  /** An event of an agent's log. */
  | { readonly kind: 'said'; readonly event: string }
  /** The open ports of a made host were looked at. */
  | { readonly kind: 'looked'; readonly folder: string; readonly revision: number; readonly at: number }
