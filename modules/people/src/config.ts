import { type ImportConfig, importDefaults } from '@hevd/register-file'
import { type ErasureConfig, erasureDefaults } from './erasure/parts.ts'

/** Settings of the module, with their defaults. */
export type PeopleConfig = ImportConfig & ErasureConfig

export const peopleDefaults: PeopleConfig = { ...importDefaults, ...erasureDefaults }
