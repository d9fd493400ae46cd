import { readFileSync, type Stats, statSync } from 'node:fs'
import type { Duration } from '@hevd/core'
import type { z } from 'zod'
import { ArchiveError } from '../errors.ts'
import type { KeepRules } from '../retention/rules.ts'
import type { TargetSetting } from '../targets/setting.ts'
import { settingsFile } from './schema.ts'

export type PlanOf =
  | { readonly kind: 'postgresql'; readonly url: string }
  | {
      readonly kind: 'folder'
      readonly path: string
      readonly exclude: readonly string[]
      readonly oneFileSystem: boolean
    }

export type Plan = {
  /** The source's name: its folder in the repository. */
  readonly name: string
  readonly of: PlanOf
  /** The name of the target. */
  readonly target: string
  readonly recipients: readonly string[]
  readonly full: Duration
  /** Null: full ones alone, and of a database server no write-ahead log. */
  readonly incremental: Duration | null
  /** Null: nothing is removed. */
  readonly keep: KeepRules | null
}

export type DrillPlan = {
  readonly source: string
  readonly target: string
  readonly identityFile: string
  readonly every: Duration
}

/** What backups.json says. */
export type BackupsSettings = {
  readonly path: string
  readonly targets: ReadonlyMap<string, TargetSetting>
  readonly plans: readonly Plan[]
  readonly drills: readonly DrillPlan[]
}

/** The file as it is written; {@link readSettings} of it. */
export type SettingsFile = z.input<typeof settingsFile>

/**
 * Reads backups.json. Throws ArchiveError: `settings-missing`, `settings-not-valid` and `settings-unknown-field` (which name
 * the field and never what stands in it), `settings-writable` (others could make themselves readers), `settings-exposed`
 * (it holds a password and others can read it).
 */
export function readSettings(path: string): BackupsSettings {
  const { text, mode } = fileAt(path)
  if ((mode & 0o022) !== 0) throw new ArchiveError('settings-writable', { path })
  const settings = settingsIn(path, jsonOf(text))
  if (holdsCredential(settings) && (mode & 0o077) !== 0) throw new ArchiveError('settings-exposed', { path })
  return settings
}

/** What a parsed backups.json says; `path` is for the errors. Throws as {@link readSettings}. */
export function settingsIn(path: string, value: unknown): BackupsSettings {
  const parsed = settingsFile.safeParse(value)
  if (!parsed.success) throw faultOf(path, parsed.error.issues)
  const { targets, recipients, plans, drills } = parsed.data
  const known = new Map(Object.entries(targets))
  const wrong = (field: string, wants: string) =>
    new ArchiveError('settings-not-valid', { path, field, wants })
  const names = [...known.keys()].join(' / ')
  for (const [at, plan] of plans.entries()) {
    if (!known.has(plan.target)) throw wrong(`plans.${at}.target`, names)
    if (plans.findIndex(({ name }) => name === plan.name) !== at)
      throw new ArchiveError('plan-exists', { plan: plan.name })
    if ((plan.recipients ?? recipients).length === 0) throw wrong('recipients', '["age1…"]')
  }
  for (const [at, { target }] of drills.entries())
    if (!known.has(target)) throw wrong(`drills.${at}.target`, names)
  return {
    path,
    targets: known,
    plans: plans.map(({ keep = null, incremental = null, recipients: own = recipients, ...plan }) => ({
      ...plan,
      incremental,
      keep,
      recipients: [...new Set(own)],
    })),
    drills,
  }
}

/** The plan of a name. Throws ArchiveError `plan-unknown`. */
export function planNamed({ plans }: BackupsSettings, name: string): Plan {
  const plan = plans.find((each) => each.name === name)
  if (plan === undefined)
    throw new ArchiveError('plan-unknown', {
      plan: name,
      known: plans.map((each) => each.name).join(', ') || '–',
    })
  return plan
}

function fileAt(path: string): { readonly text: string; readonly mode: Stats['mode'] } {
  try {
    return { text: readFileSync(path, 'utf8'), mode: statSync(path).mode }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new ArchiveError('settings-missing', { path })
    throw new ArchiveError('settings-not-valid', { path, field: '–', wants: `readable (${code})` }, error)
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The deepest fault: of a choice between shapes, that of the shape which came furthest. */
function faultOf(path: string, issues: readonly z.core.$ZodIssue[]): ArchiveError {
  const [first] = issues
  const at = (first?.path ?? []).map(String)
  if (first?.code === 'unrecognized_keys')
    return new ArchiveError('settings-unknown-field', { path, field: [...at, first.keys[0] ?? ''].join('.') })
  return new ArchiveError('settings-not-valid', {
    path,
    field: at.join('.') || '–',
    wants: first === undefined || at.length === 0 ? 'JSON {"targets": …, "plans": […]}' : first.message,
  })
}

/** Whether it holds what others must not read: a password in an address, a key of a store. */
function holdsCredential({ plans, targets }: BackupsSettings): boolean {
  return (
    plans.some(({ of }) => of.kind === 'postgresql' && of.url !== 'own' && new URL(of.url).password !== '') ||
    [...targets.values()].some((target) => target.kind === 's3' && 'secretAccessKey' in target.credentials)
  )
}
