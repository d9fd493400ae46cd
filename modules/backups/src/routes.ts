import type { App } from '@hevd/http'
import { z } from 'zod'
import { actOf, type BackupsContext } from './context.ts'
import * as contract from './contract.ts'
import { askReader, decideReader, endReader, listRecipients } from './readers.ts'
import { acceptChangesBy, endSourceBy, listSources, oneSource } from './sources.ts'

const bySource = z.object({ host: z.string().min(1).max(200), source: z.string().min(1).max(200) })
const byId = z.object({ id: z.uuid() })
const nothing = z.null()
const idOf = ({ host, source }: z.infer<typeof bySource>) => `${host}/${source}`

/** `/api/backups` and `/api/backup-recipients`. */
export function backupsRoutes(app: App, context: BackupsContext): void {
  app.get(
    '/api/backups',
    { config: { access: 'reader' }, schema: { response: { 200: contract.sourceList } } },
    ({ organisation }) => listSources(context, organisation),
  )

  app.get(
    '/api/backups/:host/:source',
    {
      config: { access: 'reader' },
      schema: { params: bySource, response: { 200: contract.sourceDetail } },
    },
    ({ organisation, params }) => oneSource(context, organisation, idOf(params)),
  )

  app.post(
    '/api/backups/:host/:source/end',
    {
      config: { access: 'administrator' },
      schema: { params: bySource, body: contract.becauseOf, response: { 200: nothing } },
    },
    async (request) => {
      await endSourceBy(context, actOf(request), idOf(request.params), request.body.why)
      return null
    },
  )

  app.post(
    '/api/backups/:host/:source/accept-changes',
    {
      config: { access: 'administrator' },
      schema: {
        params: bySource,
        body: contract.becauseOf,
        response: { 200: z.object({ backups: z.int() }) },
      },
    },
    async (request) => ({
      backups: await acceptChangesBy(context, actOf(request), idOf(request.params), request.body.why),
    }),
  )

  app.get(
    '/api/backup-recipients',
    { config: { access: 'reader' }, schema: { response: { 200: contract.recipientList } } },
    ({ organisation }) => listRecipients(context, organisation),
  )

  app.post(
    '/api/backup-recipients',
    {
      config: { access: 'administrator' },
      schema: { body: contract.askingReader, response: { 200: nothing } },
    },
    async (request) => {
      await askReader(context, actOf(request), request.body)
      return null
    },
  )

  const acts = {
    approve: (act: Parameters<typeof endReader>[1], id: string) => decideReader(context, act, id, 'approved'),
    refuse: (act: Parameters<typeof endReader>[1], id: string) => decideReader(context, act, id, 'refused'),
    end: (act: Parameters<typeof endReader>[1], id: string) => endReader(context, act, id),
  }
  for (const [name, run] of Object.entries(acts))
    app.post(
      `/api/backup-recipients/:id/${name}`,
      { config: { access: 'administrator' }, schema: { params: byId, response: { 200: nothing } } },
      async (request) => {
        await run(actOf(request), request.params.id)
        return null
      },
    )
}
