import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Fault, linesThat, root, type Source, sources } from '../sources.ts'

const testCommand = 'npm ci --ignore-scripts && npm test'

/** Documents in step with the tree: links lead somewhere, commands exist, every workspace says what it is for. */
export function documents(): Fault[] {
  const markdown = sources('.md')
  const manifests = sources('package.json').filter(
    ({ path }) => path !== 'package.json' && !path.includes('/testdata/'),
  )
  return [
    ...markdown.flatMap(deadLinks),
    ...markdown.flatMap(unknownScripts),
    ...withoutReadme(manifests),
    ...notInArchitecture(manifests),
    ...testCommands(markdown),
  ]
}

function deadLinks(source: Source): Fault[] {
  return source.text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].flatMap(([, target = '']) => {
      if (/^[a-z]+:/.test(target) || existsSync(join(root, dirname(source.path), target))) return []
      return [{ path: source.path, line: index + 1, what: `${target} leads nowhere` }]
    }),
  )
}

function unknownScripts(source: Source): Fault[] {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  return source.text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/\bnpm run (?:-s )?([a-z:-]+)/g)].flatMap(([, name = '']) =>
        name in scripts ? [] : [{ path: source.path, line: index + 1, what: `there is no script ${name}` }],
      ),
    )
}

function withoutReadme(manifests: readonly Source[]): Fault[] {
  return manifests.flatMap(({ path }) => {
    const readme = join(dirname(path), 'README.md')
    return existsSync(join(root, readme)) ? [] : [{ path: readme, line: 1, what: 'is missing' }]
  })
}

function notInArchitecture(manifests: readonly Source[]): Fault[] {
  const path = 'ARCHITECTURE.md'
  const text = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''
  return manifests.flatMap((manifest) => {
    const folder = dirname(manifest.path)
    const named = text.includes(`](${folder}`) || text.includes(`\`${folder}\``)
    return named ? [] : [{ path, line: 1, what: `does not name ${folder}` }]
  })
}

/** The README and the continuous integration run the very same tests. */
function testCommands(markdown: readonly Source[]): Fault[] {
  const integration = { path: '.ci/run', text: readFileSync(join(root, '.ci/run'), 'utf8') }
  const readme = markdown.find(({ path }) => path === 'README.md')
  return [integration, ...(readme === undefined ? [] : [readme])].flatMap((source) =>
    linesThat(source, new RegExp(`^${testCommand}$`), '').length > 0
      ? []
      : [{ path: source.path, line: 1, what: `does not say: ${testCommand}` }],
  )
}
