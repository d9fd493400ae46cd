import { type ImportConfig, importDefaults } from '@hevd/register-file'

/** Settings of the module, with their defaults. */
export type AccessConfig = ImportConfig

export const accessDefaults: AccessConfig = importDefaults
