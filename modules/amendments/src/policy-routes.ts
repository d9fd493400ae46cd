import { type App, RequestError } from '@hevd/http'
import { z } from 'zod'
import { applicabilityCsv, statementOfApplicability } from './applicability.ts'
import * as contract from './contract.ts'
import type { Context } from './deps.ts'
import { matrix, matrixCsv } from './frameworks.ts'
import { importPolicy } from './importing.ts'
import { readPage } from './reading.ts'
import { policyYaml } from './yaml/export.ts'

/** The policy as a whole: out and in as a file, its statement of applicability, and against the frameworks. */
export function policyRoutes(app: App, context: Context): void {
  const { db, posture, catalogue } = context
  const reading = { access: 'reader' as const }
  const writing = { access: 'administrator' as const }
  const file = z.string().describe('a file')
  const csv = (name: string) => ({
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="hevd-${name}.csv"`,
  })

  app.get(
    '/api/policy.yaml',
    { config: reading, schema: { response: { 200: file } } },
    async ({ organisation }, reply) => {
      const texts = await db.transaction(organisation, (tx) => posture.texts(tx, organisation))
      return reply
        .type('application/yaml; charset=utf-8')
        .header('content-disposition', 'attachment; filename="hevd-policy.yaml"')
        .send(policyYaml(catalogue, texts))
    },
  )

  app.post(
    '/api/policy/drafts/import',
    {
      config: writing,
      schema: { body: contract.importingPolicy, response: { 200: contract.importedDraft } },
    },
    ({ organisation, body, principal }) => {
      if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
      return db.transaction(organisation, (tx) => importPolicy(context, tx, organisation, body, principal.id))
    },
  )

  app.post(
    '/api/policy/readings',
    {
      config: writing,
      bodyLimit: 15_000_000,
      schema: { body: contract.readingPolicy, response: { 200: contract.policyReading } },
    },
    ({ organisation, body }) => readPage(context, organisation, body),
  )

  app.get(
    '/api/policy/applicability',
    { config: reading, schema: { response: { 200: contract.applicability } } },
    ({ organisation }) => statementOfApplicability(context, organisation),
  )

  app.get(
    '/api/policy/applicability/csv',
    { config: reading, schema: { response: { 200: file } } },
    async ({ organisation, locale }, reply) => {
      const rows = await statementOfApplicability(context, organisation)
      const names = await context.names(
        organisation,
        rows.flatMap(({ approvedBy }) => approvedBy ?? []),
      )
      const { type, disposition } = csv('statement-of-applicability')
      return reply
        .type(type)
        .header('content-disposition', disposition)
        .send(applicabilityCsv(rows, locale, names))
    },
  )

  app.get(
    '/api/policy/frameworks',
    { config: reading, schema: { response: { 200: contract.frameworks } } },
    async () => matrix(catalogue),
  )

  app.get(
    '/api/policy/frameworks/csv',
    { config: reading, schema: { response: { 200: file } } },
    async ({ locale }, reply) => {
      const { type, disposition } = csv('frameworks')
      return reply
        .type(type)
        .header('content-disposition', disposition)
        .send(matrixCsv(matrix(catalogue), locale))
    },
  )
}
