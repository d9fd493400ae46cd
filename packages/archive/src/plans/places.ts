import { join } from 'node:path'

/** Where the settings of a home's backups lie: `<HEVD_HOME>/backups.json`. */
export const backupsFileOf = (home: string): string => join(home, 'backups.json')

/** What backups keep on this host: state, locks, the last listing of each folder. 0700. */
export const backupsFolderOf = (home: string): string => join(home, 'backups')

/** What was run here, and how it went: {@link readState}. */
export const stateFileOf = (home: string): string => join(backupsFolderOf(home), 'state.sqlite')

/** Where the last listing of each folder is kept, without which its next backup is full. */
export const listingsFolderOf = (home: string): string => join(backupsFolderOf(home), 'listings')
