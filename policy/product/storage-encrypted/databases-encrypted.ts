import { check, duration, fails, none, outside, unknown } from '@hevd/core'
import { hosts, postgresDirectories } from '@hevd/facts'
import { databaseServers } from '../../populations.ts'
import { isOpen, providerWord } from '../../storage.ts'

/** Every folder that a database of production keeps data in, its log and tablespaces too, lies on an encrypted volume. */
export const databasesEncrypted = check('storage-encrypted/databases-encrypted', {
  of: databaseServers,
  parameters: { listsNoOlderThan: duration },
  reads: (server) => ({
    host: hosts.byKey(server.host),
    directories: postgresDirectories.ofServer(server.id),
  }),
  follow: (_server, { directories }) => providerWord(directories.facts.map(({ value }) => value)),
  judge: (_server, { host, directories, ...word }, { listsNoOlderThan }, moment) => {
    const [declared] = host.facts
    if (declared !== undefined && declared.value.role !== 'production') return outside
    if (directories.facts.length === 0 && directories.unseen.length === 0)
      return unknown('directories-missing')
    return none(
      directories,
      (directory) => isOpen(directory, word, listsNoOlderThan, moment),
      (open) => fails('database-open', { paths: open.map(({ path }) => path) }),
    )
  },
})
