import { readdirSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig } from 'vite'
import { asProduction } from './config.ts'

const here = resolve(import.meta.dirname, '..')
const root = resolve(here, '../..')

/** Folders and files whose content decides whether a built console is still the right one. */
export function consoleSources(): readonly string[] {
  return [
    join(here, 'src'),
    join(here, 'index.html'),
    join(here, 'package.json'),
    join(root, 'packages/ui'),
    join(root, 'packages/tlog/src'),
    ...readdirSync(join(root, 'modules')).map((module) => join(root, 'modules', module, 'console')),
  ]
}

/**
 * Builds the console into `outDir`, which may lie anywhere; nothing is written elsewhere. Throws with what is wrong
 * where the sources do not build. Beside every script and style stands a `.br` for servers that send it as it is.
 */
export async function buildConsole({ outDir }: { readonly outDir: string }): Promise<void> {
  await asProduction(() => build(configFor(outDir)))
  const assets = join(outDir, 'assets')
  const texts = (await readdir(assets)).filter((name) => /\.(js|css)$/.test(name))
  await Promise.all(texts.map((name) => compress(join(assets, name))))
}

function configFor(outDir: string): InlineConfig {
  return {
    root: here,
    configFile: false,
    envDir: false,
    publicDir: false,
    cacheDir: join(outDir, '.cache'),
    logLevel: 'warn',
    clearScreen: false,
    plugins: [tailwind(), react()],
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
  const parameters = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  await writeFile(`${path}.br`, await promisify(brotliCompress)(text, parameters))
}
