import { type Duration, isDuration, isNothing } from '@hevd/core'
import { z } from 'zod'
import { sourceName } from '../backup.ts'
import { targetSetting } from '../targets/setting.ts'

/*
 * Messages are what the field should be, in signs that every language reads; `readSettings` says which field.
 */

/** A time between, ISO 8601 and more than none. */
const every = z
  .string('P7D')
  .refine((text): text is Duration => isDuration(text) && !isNothing(text), { error: 'P7D' })
const count = z.int('0, 1, 2 …').min(0, '0, 1, 2 …')
const name = z
  .string('a-z 0-9 -')
  .refine((text) => sourceName.safeParse(text).success, { error: 'a-z 0-9 -' })
const path = z.string('/srv/…').startsWith('/', '/srv/…')
/** An age recipient; whether its check sum is right is seen when it is used. */
const recipient = z.string('age1…').regex(/^age1[02-9ac-hj-np-z]{58}$/, 'age1…')
const recipients = z.array(recipient, '["age1…"]')

const isPostgresUrl = (text: string) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)
const database = z
  .string('postgresql://… / own')
  .refine((text) => text === 'own' || isPostgresUrl(text), { error: 'postgresql://… / own' })

/** What is backed up. `own` is the database that Hevd itself runs in this home. */
const of = z.union(
  [
    z
      .strictObject({ postgres: database })
      .transform(({ postgres }) => ({ kind: 'postgresql' as const, url: postgres })),
    z
      .strictObject({
        folder: path,
        exclude: z.array(z.string('*.tmp')).default([]),
        oneFileSystem: z.boolean('true / false').default(true),
      })
      .transform(({ folder, ...rest }) => ({ kind: 'folder' as const, path: folder, ...rest })),
  ],
  '{"postgres": "own"} / {"folder": "/srv/…"}',
)

const rules = { within: every, last: count, daily: count, weekly: count, monthly: count }

const plan = z.strictObject({
  /** Also the name of its folder in the repository. */
  name,
  of,
  /** Its name under `targets`. */
  target: name,
  /** Instead of those of the whole file. */
  recipients: recipients.min(1, '["age1…"]').optional(),
  full: every,
  /** A folder's changes; of a database server, the longest time that what is committed may lie here alone. */
  incremental: every.optional(),
  /** What stays when there is more; without it nothing is removed. */
  keep: z.strictObject(rules).partial().optional(),
})

const drill = z.strictObject({
  source: name,
  target: name,
  /** 0600; it can read the backups, so it belongs on a host of its own. */
  identityFile: path,
  every,
})

/** backups.json. */
export const settingsFile = z.strictObject({
  targets: z.record(name, targetSetting, '{"…": {"kind": "folder", "path": "/srv/…"}}'),
  recipients: recipients.default([]),
  plans: z.array(plan).default([]),
  drills: z.array(drill).default([]),
})
