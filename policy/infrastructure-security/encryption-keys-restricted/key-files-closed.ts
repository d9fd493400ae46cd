import { check, fails, none } from '@hevd/core'
import { keyFiles } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

/** No key or secret lies in a file of a production host that every account of it may read. */
export const keyFilesClosed = check('encryption-keys-restricted/key-files-closed', {
  of: productionHosts,
  reads: ({ id }) => ({ files: keyFiles.ofHost(id) }),
  judge: (_host, { files }) =>
    none(
      files,
      ({ openTo, encrypted }) => openTo.everybody && !encrypted,
      (open) => fails('key-files-open', { paths: open.map(({ path }) => path) }),
    ),
})
