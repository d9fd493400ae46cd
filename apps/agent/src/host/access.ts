import { networkInterfaces } from 'node:os'
import type { Instant } from '@hevd/core'
import { type LookAt, lookAtNothingElse } from '../config.ts'
import type { FirstSeen } from '../first-seen.ts'
import { type Heard, heardInMemory } from '../sockets/heard.ts'
import type { AllowedCommand } from './allowed.ts'
import { type Files, filesBelow } from './files.ts'
import { type DeletedMappings, deletedMappings, type Processes, processesBelow } from './processes.ts'
import { type Limits, type Ran, runAllowed } from './run.ts'
import { type WithScratchFile, withScratchFile } from './scratch.ts'
import { socketOwners } from './socket-owners.ts'

/** Everything through which a collector looks at a host. It can read, and run what the allow-list lets it. */
export type HostAccess = {
  readonly host: HostIdentity
  readonly files: Files
  /** Whether the agent has the rights of root. */
  readonly isRoot: boolean
  /** Release and version of the running kernel, by uname(2). */
  readonly kernel: { readonly release: string; readonly version: string }
  /** Addresses of the host's own interfaces, without loopback. */
  addresses(): readonly string[]
  now(): Instant
  run(command: AllowedCommand, args: readonly string[], limits?: Limits): Promise<Ran>
  processes(): Promise<Processes>
  /** Deleted files that are still mapped; see {@link deletedMappings}. */
  deletedMappings(): Promise<DeletedMappings>
  /** The only thing the agent ever writes outside its own folder: a throwaway file for one command. */
  readonly withScratchFile: WithScratchFile
  firstSeen(topic: string, keys: readonly string[]): ReadonlyMap<string, Instant>
  /** The keys that were last said to `firstSeen`. */
  known(topic: string): readonly string[]
  /** What is to be looked at besides what the host shows by itself. */
  readonly look: LookAt
  /** What sockets were heard to speak, so that they are not asked at every look. */
  readonly heard: Heard
  /** Which processes hold which sockets, by inode; only those that may be seen. */
  socketOwners(): Promise<ReadonlyMap<string, string>>
}

/** Who the host is: an id made once and kept, and the name it calls itself. */
export type HostIdentity = { readonly id: string; readonly name: string }

/** Access to the system below `root`; for another root than `/` commands run by chroot, which needs root. */
export function hostAccess(given: {
  readonly host: HostIdentity
  readonly root: string
  readonly isRoot: boolean
  readonly kernel: HostAccess['kernel']
  readonly firstSeen: FirstSeen
  readonly now: () => Instant
  readonly look?: LookAt
}): HostAccess {
  const { host, root, isRoot, kernel, firstSeen, now, look = lookAtNothingElse } = given
  const files = filesBelow(root)
  return {
    host,
    files,
    isRoot,
    kernel,
    addresses: () =>
      Object.values(networkInterfaces()).flatMap((list) =>
        (list ?? []).flatMap(({ address, internal }) => (internal ? [] : [address])),
      ),
    now,
    run: (command, args, limits) => runAllowed(files, root, command, args, limits),
    processes: () => processesBelow(root),
    deletedMappings: () => deletedMappings(root),
    withScratchFile: withScratchFile(root),
    firstSeen: (topic, keys) => firstSeen.remember(topic, keys, now()),
    known: firstSeen.known,
    look,
    heard: heardInMemory(),
    socketOwners,
  }
}
