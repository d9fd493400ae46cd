import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fromBase64 } from '../bytes/base64.ts'
import { TlogError } from '../errors.ts'
import { vectorsFolder } from '../testdata/config.ts'
import { verifyConsistency } from './verify-consistency.ts'
import { verifyInclusion } from './verify-inclusion.ts'

type InclusionVector = {
  readonly leafIdx: number
  readonly treeSize: number
  readonly root: string | null
  readonly leafHash: string | null
  readonly proof: readonly string[] | null
  readonly wantErr: boolean
}
type ConsistencyVector = {
  readonly size1: number
  readonly size2: number
  readonly root1: string | null
  readonly root2: string | null
  readonly proof: readonly string[] | null
  readonly wantErr: boolean
}

/** Published proofs, good and bad (transparency-dev/merkle), where HEVD_VECTORS has them. */
const folder = vectorsFolder('tlog')
const bytes = (text: string | null) => fromBase64(text ?? '')

describe.each(['inclusion', 'consistency'] as const)('%s vectors', (kind) => {
  const found = existsSync(join(folder, kind)) ? vectorFiles(join(folder, kind)) : []
  if (found.length === 0) {
    console.log(`${relative('.', folder)} has no ${kind} vectors: this conformance run is left out`)
    test('none here', () => expect(found).toEqual([]))
    return
  }
  test.each(found.map((path) => [relative(folder, path), path] as const))('%s', async (_, path) => {
    const vector: InclusionVector & ConsistencyVector = JSON.parse(readFileSync(path, 'utf8'))
    const proven = (kind === 'inclusion' ? includes(vector) : continues(vector)).then(
      () => true,
      (error: unknown) => {
        if (error instanceof TlogError) return false
        throw error
      },
    )
    expect(await proven).toBe(!vector.wantErr)
  })
})

function includes({ leafIdx, treeSize, root, leafHash, proof }: InclusionVector): Promise<void> {
  const path = (proof ?? []).map(bytes)
  return verifyInclusion({
    index: leafIdx,
    size: treeSize,
    root: bytes(root),
    leafHash: bytes(leafHash),
    path,
  })
}

function continues({ size1, size2, root1, root2, proof }: ConsistencyVector): Promise<void> {
  const path = (proof ?? []).map(bytes)
  return verifyConsistency({ from: size1, to: size2, fromRoot: bytes(root1), toRoot: bytes(root2), path })
}

function vectorFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(directory, name))
}
