import { join, resolve } from 'node:path'

const repository = resolve(import.meta.dirname, '..', '..', '..', '..')

/** Folder of published test data: `HEVD_VECTORS`, from the root of the repository, by default beside it. */
export function vectorsFolder(name: string): string {
  return join(resolve(repository, process.env.HEVD_VECTORS ?? '../shared/vectors'), name)
}

/** For Debian's Go with Debian's packages alone: no modules, no network, its cache in `folder`. */
export function goEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOFLAGS: '-mod=mod',
    GOPROXY: 'off',
    GOCACHE: join(folder, 'cache'),
  }
}
