import { dirname, normalize } from 'node:path'
import { type Fault, type Source, sources } from '../sources.ts'

type Workspace = { readonly folder: string; readonly name: string; readonly uses: ReadonlySet<string> }
type Import = {
  readonly from: Source
  readonly line: number
  readonly target: string
  readonly typeOnly: boolean
}

/** Who may import what (DESIGN.md, Layout): packages no module, the policy core and facts, screens contracts. */
export function boundaries(): Fault[] {
  const workspaces = readWorkspaces()
  const imports = sources('.ts', '.tsx', '.mts').flatMap(importsOf)
  const faults = imports.flatMap((entry) => {
    const own = workspaces.find((workspace) => entry.from.path.startsWith(`${workspace.folder}/`))
    if (own === undefined) return []
    const what = entry.target.startsWith('.') ? leaves(entry, own) : forbidden(entry, own)
    return what === null ? [] : [{ path: entry.from.path, line: entry.line, what }]
  })
  return [...faults, ...cycles(workspaces, imports)]
}

function leaves({ from, target }: Import, own: Workspace): string | null {
  const reached = normalize(`${dirname(from.path)}/${target}`)
  return reached.startsWith(`${own.folder}/`) ? null : `${target} leaves its workspace; import it by its name`
}

function forbidden({ from, target, typeOnly }: Import, own: Workspace): string | null {
  if (target.startsWith('node:') || /\.test\.tsx?$/.test(from.path)) return null
  const name = packageName(target)
  const root = from.path.endsWith('.config.ts')
  if (!own.uses.has(name) && name !== own.name && !root) return `${name} is not a dependency of ${own.name}`
  if (!name.startsWith('@hevd/')) return null
  const kind = own.folder.split('/')[0]
  const isPackage = packages.has(name)
  if (kind === 'packages' && !isPackage) return `a package imports no module: ${name}`
  if (kind === 'policy' && name !== '@hevd/core' && name !== '@hevd/facts')
    return `the policy imports core and facts alone`
  if (from.path.includes('/console/') && kind === 'modules') {
    const allowed =
      name === '@hevd/ui' ||
      name === '@hevd/core' ||
      target.startsWith('@hevd/facts/') ||
      (target.endsWith('/contract') && typeOnly)
    if (!allowed) return `a screen imports contracts (as types), words of facts and @hevd/ui, not ${target}`
  }
  return null
}

let packages: ReadonlySet<string> = new Set()

function readWorkspaces(): Workspace[] {
  const found = sources('package.json')
    .filter((source) => source.path !== 'package.json')
    .map((source): Workspace => {
      const manifest: Record<string, Record<string, string>> & { name?: string } = JSON.parse(source.text)
      const uses = ['dependencies', 'optionalDependencies', 'devDependencies', 'peerDependencies']
      return {
        folder: dirname(source.path),
        name: String(manifest.name),
        uses: new Set(uses.flatMap((section) => Object.keys(manifest[section] ?? {}))),
      }
    })
  packages = new Set(found.filter(({ folder }) => folder.startsWith('packages/')).map(({ name }) => name))
  return found
}

function importsOf(from: Source): Import[] {
  const pattern = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/gm
  return [...from.text.matchAll(pattern)].map((match) => ({
    from,
    line: from.text.slice(0, match.index).split('\n').length,
    target: match[2] ?? match[3] ?? '',
    typeOnly: match[1] !== undefined,
  }))
}

function packageName(target: string): string {
  const parts = target.split('/')
  return target.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? target)
}

/** Modules that import one another in a circle. */
function cycles(workspaces: readonly Workspace[], imports: readonly Import[]): Fault[] {
  const modules = workspaces.filter((workspace) => workspace.folder.startsWith('modules/'))
  const edges = new Map(
    modules.map((module) => [
      module.name,
      new Set(
        imports
          .filter(
            (entry) =>
              entry.from.path.startsWith(`${module.folder}/`) && !/\.test\.tsx?$/.test(entry.from.path),
          )
          .map((entry) => packageName(entry.target))
          .filter((name) => name !== module.name && modules.some((other) => other.name === name)),
      ),
    ]),
  )
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(edges.get(from) ?? [])].some(
      (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
    )
  return modules
    .filter((module) => reaches(module.name, module.name))
    .map((module) => ({
      path: `${module.folder}/package.json`,
      line: 1,
      what: `${module.name} imports itself in a circle`,
    }))
}
