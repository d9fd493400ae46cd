import { hash } from 'node:crypto'
import { constants, existsSync, readdirSync } from 'node:fs'
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants as zlib } from 'node:zlib'
import type { InlineConfig, PluginOption } from 'vite'
import { asProduction } from './config.ts'

const here = resolve(import.meta.dirname, '..')
const root = resolve(here, '../..')

/** Folders and files whose content decides whether a built console is still the right one. */
function consoleSources(): readonly string[] {
  return [
    join(here, 'src'),
    join(here, 'index.html'),
    join(here, 'package.json'),
    join(root, 'packages/ui'),
    join(root, 'packages/tlog/src'),
    ...readdirSync(join(root, 'modules')).map((module) => join(root, 'modules', module, 'console')),
  ]
}

/** Beside the code, where only its owner may write. */
const beside = join(root, 'node_modules', '.cache', 'console')

/**
 * The console as it was built beside the code, or is built there now; null where this user may neither read nor write
 * it. Told with `report` before it is built. Any number may ask at once.
 */
export async function sharedConsole(report: () => void = () => {}): Promise<string | null> {
  try {
    return await consoleIn(beside, report)
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^(EACCES|EPERM|EROFS)$/.test(String(error.code)))
      return null
    throw error
  }
}

/** The console for the sources as they are now, in `folder` under their digest; built there where it is not yet. */
export async function consoleIn(folder: string, report: () => void = () => {}): Promise<string> {
  const outDir = join(folder, await digestOf(consoleSources()))
  if (existsSync(outDir)) {
    await access(join(outDir, 'index.html'), constants.R_OK)
    return outDir
  }
  await mkdir(folder, { recursive: true })
  const unfinished = await mkdtemp(join(folder, 'unfinished-'))
  try {
    report()
    await buildConsole({ outDir: unfinished })
    await chmod(unfinished, 0o755)
    await rename(unfinished, outDir)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(outDir)) throw error
  }
  return outDir
}

/** SHA-256 over every source file's path and content. */
async function digestOf(folders: readonly string[]): Promise<string> {
  const files = await Promise.all(folders.map(filesBelow))
  const digests = await Promise.all(
    files
      .flat()
      .sort()
      .map(async (path) => `${path} ${hash('sha256', await readFile(path))}`),
  )
  return hash('sha256', digests.join('\n')).slice(0, 16)
}

async function filesBelow(path: string): Promise<string[]> {
  if (!existsSync(path)) return []
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null)
  if (entries === null) return [path]
  return entries
    .filter(
      (entry) => entry.isFile() && !/node_modules|\.test\.tsx?$/.test(join(entry.parentPath, entry.name)),
    )
    .map((entry) => join(entry.parentPath, entry.name))
}

/**
 * Builds the console into `outDir`, which may lie anywhere; nothing is written elsewhere. Throws with what is wrong
 * where the sources do not build. Beside every script and style stands a `.br` for servers that send it as it is.
 */
export async function buildConsole({ outDir }: { readonly outDir: string }): Promise<void> {
  // Loaded here, for most starts of a server find the console built.
  const [{ build }, { default: tailwind }, { default: react }] = await Promise.all([
    import('vite'),
    import('@tailwindcss/vite'),
    import('@vitejs/plugin-react'),
  ])
  await asProduction(() => build(configFor(outDir, [tailwind(), react()])))
  const assets = join(outDir, 'assets')
  const texts = (await readdir(assets)).filter((name) => /\.(js|css)$/.test(name))
  await Promise.all(texts.map((name) => compress(join(assets, name))))
}

function configFor(outDir: string, plugins: PluginOption[]): InlineConfig {
  return {
    root: here,
    configFile: false,
    envDir: false,
    publicDir: false,
    cacheDir: join(outDir, '.cache'),
    logLevel: 'warn',
    clearScreen: false,
    plugins,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      manifest: true,
      chunkSizeWarningLimit: 600,
    },
  }
}

async function compress(path: string): Promise<void> {
  const text = await readFile(path)
  const parameters = { params: { [zlib.BROTLI_PARAM_QUALITY]: 9 } }
  await writeFile(`${path}.br`, await promisify(brotliCompress)(text, parameters))
}
