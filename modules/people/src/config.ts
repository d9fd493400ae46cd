import { type ImportConfig, importDefaults } from '@hevd/register-file'

/** Settings of the module, with their defaults. */
export type PeopleConfig = ImportConfig

export const peopleDefaults: PeopleConfig = importDefaults
