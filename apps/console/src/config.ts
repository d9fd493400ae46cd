/**
 * Runs `build` as for production, whatever environment the caller is in: Vite takes this from `NODE_ENV` alone, and
 * would otherwise put React's development copy into a console that is built under a test or a developer's shell.
 */
export async function asProduction<Built>(build: () => Promise<Built>): Promise<Built> {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    return await build()
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}
