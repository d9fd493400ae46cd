/** Everything, for Node. What needs no Node (browsers too) is `@hevd/tlog/verify`. */

export * from './merkle/frontier.ts'
export * from './merkle/hash.ts'
export * from './merkle/paths.ts'
export * from './note/sign.ts'
export * from './tiles/tile-hashes.ts'
export * from './verify.ts'
