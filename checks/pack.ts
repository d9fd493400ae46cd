import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from './sources.ts'

/**
 * `npm run pack -- <workspace folder> [where]`: a workspace as others install it, since Node strips no types below
 * `node_modules`. JavaScript and declarations, without tests; what was `./src/x.ts` in `exports` is `./dist/x.js`.
 * Prints the path of the tarball.
 */
const [folder, where = '.'] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Usage: npm run pack -- <workspace folder> [where]')
  process.exit(2)
}
const source = resolve(root, folder)
const staging = mkdtempSync(join(tmpdir(), 'hevd-pack-'))
try {
  compile()
  writeFileSync(join(staging, 'package.json'), JSON.stringify(manifest(), null, 2))
  copyFileSync(join(source, 'README.md'), join(staging, 'README.md'))
  copyFileSync(join(root, 'LICENSE'), join(staging, 'LICENSE'))
  const packed = run('npm', ['pack', '--silent', '--pack-destination', resolve(where)], staging)
  console.log(join(resolve(where), packed.trim()))
} finally {
  rmSync(staging, { recursive: true })
}

function compile(): void {
  const project = join(staging, 'tsconfig.json')
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: join(source, 'src'),
    outDir: join(staging, 'dist'),
    typeRoots: [join(root, 'node_modules/@types')],
  }
  const include = [join(source, 'src/**/*.ts')]
  const exclude = ['**/*.test.ts', '**/*.fixture.ts', '**/testdata/**'].map((each) =>
    join(source, 'src', each),
  )
  writeFileSync(
    project,
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include, exclude }),
  )
  run(join(root, 'node_modules/.bin/tsc'), ['-p', project], root)
  rmSync(project)
}

/** What a package that is installed needs to say; a dependency on another workspace could not be installed. */
function manifest(): object {
  const {
    name,
    version,
    description,
    license,
    type,
    exports,
    dependencies = {},
    ...rest
  } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  const own = Object.keys(dependencies).find((each) => each.startsWith('@hevd/'))
  if (own !== undefined) throw new Error(`${name} depends on ${own}, and cannot be published alone`)
  const { peerDependencies, peerDependenciesMeta, engines } = rest
  const built = Object.entries(exports as Record<string, string>).map(([door, path]) => {
    const file = path.replace('./src/', './dist/').replace(/\.ts$/, '')
    return [door, { types: `${file}.d.ts`, default: `${file}.js` }]
  })
  return {
    name,
    version,
    description,
    license,
    type,
    engines,
    exports: Object.fromEntries(built),
    files: ['dist'],
    dependencies,
    peerDependencies,
    peerDependenciesMeta,
  }
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `${stdout}${stderr}`}`)
  return stdout
}
