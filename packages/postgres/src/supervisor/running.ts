import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { layoutOf } from './layout.ts'
import { DATABASE } from './provision.ts'
import { loadSecrets, urlOf } from './secrets.ts'

/**
 * Address, as the runtime role, of the PostgreSQL that another process supervises in this home: for commands that look
 * beside a running server. As the role `backup`: for backups of it, which exist from the first start under this Hevd on.
 * Throws `secrets-missing` where there is none.
 */
export async function supervisedElsewhere(
  home: string,
  role: 'runtime' | 'backup' = 'runtime',
): Promise<string> {
  const layout = layoutOf(resolve(home), tmpdir())
  return urlOf(layout.sockets, role, await loadSecrets(layout.secrets, true), DATABASE)
}
