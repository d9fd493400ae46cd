import { type ImportConfig, importDefaults } from '@hevd/register-file'

/** Settings of the module, with their defaults. */
export type HostsConfig = ImportConfig & {
  /** Longest token that is looked at. */
  readonly tokenLength: number
}

export const hostsDefaults: HostsConfig = { ...importDefaults, tokenLength: 200 }
