import type { Holding, PersonalData } from '@hevd/people'

/** Columns by what they hold. */
type Columns = { readonly [H in Holding]?: readonly string[] }

/**
 * Where personal data lies: every column of the database that carries text, by what it holds. A test fails when a column is
 * here that there is not, or the other way round; an erasure looks through all that are not `none`, and rewrites their
 * tables. SECURITY.md says what becomes of each, and a test holds it against this list.
 */
const columns: { readonly [table: string]: Columns } = {
  'access.access_grant': {
    title: ['id'],
    none: ['holder_kind', 'kind', 'privilege'],
    person: ['holder', 'approved_by', 'search'],
    words: ['need', 'place'],
  },
  'access.review': { title: ['grant_id'], none: ['reviewed_by'] },
  'amendments.draft': {
    none: ['source', 'state', 'outcome'],
    title: ['title', 'remark', 'changes'],
  },
  'amendments.shipped': { none: ['control', 'text'] },
  'backups.backup': {
    host: ['id', 'source', 'backup'],
    words: ['accepted_why'],
    none: ['first_digest', 'digest', 'accepted_by'],
  },
  'backups.drill': { host: ['id', 'source', 'backup'], none: ['outcome', 'code'] },
  'backups.holder': {
    person: ['holder'],
    words: ['purpose', 'kept_at'],
    none: ['recipient', 'holder_kind', 'asked_by', 'decision', 'decided_by', 'ended_by'],
  },
  'backups.source': { host: ['id', 'source'], words: ['ended_why'], none: ['host', 'ended_by'] },
  'data.data_set': {
    title: ['id', 'class'],
    words: ['name', 'place', 'search', 'sort_key'],
    person: ['owner'],
  },
  'data.found_place': {
    host: ['place', 'object'],
    title: ['data_set'],
    words: ['reason'],
    none: ['said_by'],
  },
  'data.review': { title: ['data_set'], none: ['reviewed_by'] },
  'feeds.coverage': { none: ['type', 'feed', 'host', 'state'], host: ['scope', 'detail'] },
  'feeds.fact': { none: ['feed', 'type', 'scope', 'hash'], host: ['key', 'value'] },
  'feeds.fact_lookup': { host: ['lookup_key'] },
  'feeds.feed': {
    none: ['name', 'kind', 'host', 'interval', 'digest', 'recent'],
    title: ['title'],
    host: ['last_error'],
  },
  'feeds.host': { none: ['id'] },
  'feeds.past_fact': { none: ['feed', 'type', 'scope'], person: ['key', 'value', 'lookup_keys'] },
  'feeds.rules': { none: ['digests'] },
  'feeds.silence': { none: ['feed'] },
  'feeds.to_index': { none: ['type'], passing: ['after'] },
  'feeds.to_touch': { none: ['type', 'by'], passing: ['after'] },
  'feeds.touched': { passing: ['lookup_key'] },
  'hevd.migration': { none: ['name', 'checksum'] },
  'hevd.organisation': { none: ['name', 'host_name', 'locale', 'time_zone'] },
  'hosts.agent': { none: ['host', 'token_hash'] },
  'hosts.authority': { none: ['key_hash'] },
  'hosts.certificate': {
    none: ['serial', 'host', 'fingerprint', 'key_hash', 'pem', 'revoked_for', 'version'],
  },
  'hosts.host': { none: ['id', 'role', 'declared_by'], title: ['name'] },
  'hosts.join_token': { none: ['token_hash', 'host', 'role', 'made_by', 'used_for'] },
  'identity.account': {
    console: ['name', 'user_name', 'email'],
    none: ['role', 'passphrase_hash', 'locale'],
  },
  'identity.failed_sign_in': { console: ['user_name'] },
  'identity.invitation': { none: ['token_hash', 'role'] },
  'identity.session': { none: ['token_hash'] },
  'keys.key': {
    title: ['name', 'made_by'],
    none: ['type', 'export_asked_by', 'export_approved_by', 'auto_rotate'],
  },
  'keys.key_grant': {
    title: ['holder'],
    words: ['purpose'],
    none: ['holder_kind', 'operations', 'asked_by', 'decision', 'decided_by', 'revoked_by'],
  },
  'keys.lease': { none: ['counts'] },
  'keys.root': { none: ['kind', 'sealed', 'verifier'] },
  'keys.store': {
    title: ['id'],
    words: ['name', 'place', 'reached_by'],
    none: ['kind', 'changed_by'],
  },
  'keys.stores_confirmed': { none: ['confirmed_by'] },
  'keys.token': { title: ['holder'], none: ['token_hash', 'holder_kind', 'sources', 'made_by'] },
  'keys.version': { none: ['wrapped'] },
  'ledger.checkpoint': { none: ['log', 'root', 'hashes', 'note'] },
  'ledger.cosignature': { none: ['log', 'witness', 'line'] },
  'ledger.entry': { none: ['log', 'kind', 'data'] },
  'ledger.head': { none: ['log', 'verifier_key', 'root'] },
  'ledger.outbox': { none: ['log', 'kind', 'data'] },
  'ledger.sealed': { none: ['log', 'field'], sealed: ['ciphertext'] },
  'ledger.tile': { none: ['log', 'hashes', 'root'] },
  'notices.calendar_link': { none: ['token_hash'] },
  'notices.delivery': { none: ['channel', 'state', 'error'] },
  'notices.outlet': { none: ['channel', 'error'] },
  'notices.preference': { none: ['rhythm', 'digest_time', 'quiet_from', 'quiet_until', 'time_zone'] },
  'notices.standing': { none: ['item'] },
  'notices.telling': { none: ['item', 'occasion', 'channel'] },
  'notices.webhook': { title: ['title'], none: ['url', 'secret'] },
  'people.account_owner': { host: ['account'], none: ['owner_kind', 'said_by'], person: ['owner'] },
  'people.erasure': {
    none: ['state', 'waits', 'because', 'asked_by', 'approved_by', 'observed'],
    passing: ['person', 'names', 'accounts', 'reason'],
  },
  'people.former_account': { host: ['account'] },
  'people.person': { person: ['id', 'name', 'sponsor', 'search', 'sort_key'], none: ['kind'] },
  'people.service': { title: ['id', 'name'], person: ['owner'] },
  'posture.activation': { none: ['engine'] },
  'posture.control_state': { none: ['control', 'state'] },
  'posture.dependency': { none: ['test'], person: ['lookup_key', 'subject'] },
  'posture.edition': {
    none: [
      'control',
      'policy_digest',
      'tests_digest',
      'parameters',
      'parameters_digest',
      'before',
      'approved_by',
    ],
    title: ['words', 'not_applicable'],
  },
  'posture.erased_input': { none: ['digest'] },
  'posture.erasure': { none: ['pseudonym'] },
  'posture.exception': {
    none: ['test', 'reason_code', 'parameters_digest'],
    person: ['subject', 'why'],
    words: ['reason'],
  },
  'posture.feed_set': { none: ['feeds'], host: ['scopes'] },
  'posture.feed_set_feed': { none: ['feed'] },
  'posture.feed_set_scope': { host: ['scope_key'] },
  'posture.finding': {
    none: ['test', 'verdict', 'next_verdict', 'inputs', 'flaps'],
    person: ['subject', 'why', 'next_why'],
  },
  'posture.input': { none: ['digest'], person: ['content'] },
  'posture.judgement': { none: ['test'], person: ['subject', 'lookups'] },
  'posture.judging': { none: ['engine'] },
  'posture.judging_gap': { none: ['kind'] },
  'posture.occurrence': { none: ['test', 'state'], person: ['subject'] },
  'posture.past_finding': {
    none: ['test', 'verdict', 'inputs', 'ended', 'flaps'],
    person: ['subject', 'why'],
  },
  'posture.period': { title: ['title'], none: ['zone'] },
  'posture.period_answer': { none: ['control', 'test'], person: ['subject'], words: ['text'] },
  'posture.period_sample': { none: ['test'], title: ['seed'] },
  'posture.period_signing': { none: ['digest'], title: ['report'] },
  'posture.subject': { none: ['kind'], person: ['id', 'name', 'search'] },
  'posture.tally': { none: ['test', 'verdict'] },
  'posture.wake': { none: ['test'], passing: ['subject'] },
  'residency.attestation': {
    none: ['version', 'evidence', 'recorded_by'],
    title: ['subprocessor'],
    words: ['reference'],
  },
  'residency.customer': {
    title: ['id'],
    words: ['name', 'contract', 'search', 'sort_key'],
    none: ['choice', 'named'],
  },
  'residency.data_store': {
    title: ['id', 'dedicated_to'],
    words: ['name', 'search', 'sort_key'],
    none: ['kind', 'place', 'host', 'seen_place'],
  },
  'residency.host_facility': { words: ['facility'], none: ['host', 'place'] },
  'residency.placement': { title: ['customer', 'store'] },
  'residency.subprocessor': {
    title: ['id', 'reaches'],
    words: ['name', 'search', 'sort_key'],
    none: ['kind', 'places'],
  },
  'residency.token': { title: ['service'], none: ['token_hash', 'made_by'] },
  'trust.leaf': { none: ['control', 'leaf', 'withheld', 'salt'] },
  'trust.publicity': { none: ['control', 'shows', 'showed'] },
  'trust.text': { none: ['digest', 'words'] },
}

/** The same, column by column. */
export const personalData: PersonalData = Object.fromEntries(
  Object.entries(columns).map(([table, held]) => [
    table,
    Object.fromEntries(
      Object.entries(held).flatMap(([holds, names]) => names.map((name) => [name, holds as Holding])),
    ),
  ]),
)
