import { type ImportConfig, importDefaults } from '@hevd/register-file'

/** Settings of the module, with their defaults. */
export type DataConfig = ImportConfig

export const dataDefaults: DataConfig = importDefaults
