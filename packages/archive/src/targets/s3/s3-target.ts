import { Readable } from 'node:stream'
import { type Clock, plus, toIso } from '@hevd/core'
import { ArchiveError, type ArchiveErrorCode } from '../../errors.ts'
import type { Target, TargetFile } from '../../target.ts'
import { requirePlain, unfinishedFor } from '../path.ts'
import type { S3Setting } from '../setting.ts'
import { s3Client } from './client.ts'
import { download } from './download.ts'
import { abort, upload } from './upload.ts'
import { elements, textOf } from './xml.ts'

/** A bucket of S3 or of a store that speaks its API, or a folder of one. */
export async function s3Target(setting: S3Setting, clock: Clock, sweeps: boolean): Promise<Target> {
  const { bucket, prefix, lockFor } = setting
  const name = `s3 ${new URL(setting.endpoint).host} ${bucket}${prefix === '' ? '' : `/${prefix}`}`
  const client = s3Client(setting, name, clock)
  const base = prefix === '' ? '' : `${prefix}/`
  const keyOf = (path: string) => `${base}${path}`
  const within = (folder: string) => (folder === '' ? base : `${base}${folder}/`)
  /** The store itself then refuses to lose this version of the object, to anybody, until that moment. */
  const lock = (): { readonly [name: string]: string } =>
    lockFor === undefined
      ? {}
      : {
          'x-amz-object-lock-mode': 'COMPLIANCE',
          'x-amz-object-lock-retain-until-date': toIso(plus(clock.now(), lockFor, 'UTC')),
        }

  async function* pages(query: { readonly [name: string]: string }, signal?: AbortSignal) {
    let token: string | null = null
    do {
      const page: { readonly [name: string]: string } =
        token === null ? query : { ...query, 'continuation-token': token }
      const answer = await client.ask({
        method: 'GET',
        key: '',
        query: { 'list-type': '2', ...page },
        signal,
      })
      const xml = await answer.text()
      yield xml
      token = textOf(xml, 'IsTruncated') === 'true' ? textOf(xml, 'NextContinuationToken') : null
    } while (token !== null)
  }

  // Not every store lists uploads, nor lets every account do so; whether it lets us do the rest is seen when we do.
  if (sweeps) await abortUnfinished().catch(unless('target-refused'))

  async function abortUnfinished(): Promise<void> {
    const answer = await client.ask({ method: 'GET', key: '', query: { uploads: '', prefix: base } })
    for (const found of elements(await answer.text(), 'Upload')) {
      const [key, id] = [textOf(found, 'Key'), textOf(found, 'UploadId')]
      const begun = Date.parse(textOf(found, 'Initiated') ?? '')
      if (key !== null && id !== null && begun < clock.now() - unfinishedFor) await abort(client, key, id)
    }
  }

  return {
    kind: 's3',
    name,
    async *list(folder, signal): AsyncGenerator<TargetFile> {
      if (folder !== '') requirePlain(name, folder)
      for await (const page of pages({ prefix: within(folder) }, signal))
        for (const object of elements(page, 'Contents')) {
          const path = (textOf(object, 'Key') ?? '').slice(base.length)
          const modifiedAt = Date.parse(textOf(object, 'LastModified') ?? '')
          if (!path.endsWith('/')) yield { path, bytes: Number(textOf(object, 'Size')), modifiedAt }
        }
    },
    async folders(folder) {
      if (folder !== '') requirePlain(name, folder)
      const found: string[] = []
      for await (const page of pages({ prefix: within(folder), delimiter: '/' }))
        for (const common of elements(page, 'CommonPrefixes'))
          found.push((textOf(common, 'Prefix') ?? '').slice(within(folder).length, -1))
      return found
    },
    async get(path, signal) {
      requirePlain(name, path)
      return Readable.from(await download(client, keyOf(path), signal), {
        objectMode: false,
        highWaterMark: 1 << 20,
      })
    },
    async put(path, content, signal) {
      requirePlain(name, path)
      return { bytes: await upload(client, keyOf(path), content, lock(), signal) }
    },
    // What can be seen there was acknowledged.
    async makeDurable() {},
    async remove(path) {
      requirePlain(name, path)
      await client.ask({ method: 'DELETE', key: keyOf(path) }).catch(unless('file-missing'))
    },
    close: async () => {},
  }
}

function unless(code: ArchiveErrorCode): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof ArchiveError && error.code === code)) throw error
  }
}
