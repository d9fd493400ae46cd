/** Settings of the module, with their defaults. */
export type HostsConfig = {
  /** Longest token that is looked at. */
  readonly tokenLength: number
}

export const hostsDefaults: HostsConfig = { tokenLength: 200 }
