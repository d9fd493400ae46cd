import { createApp } from '@hevd/http'
import pino from 'pino'
import { noWrongAccount } from './judged-people.ts'
import { judgingGround, noon } from './judging-ground.ts'
import { seedJudged } from './seed-judged.ts'
const ground = await judgingGround([noWrongAccount])
const organisation = await ground.organisation()
await seedJudged(ground, organisation, noWrongAccount.id, Number(process.argv[2] ?? 100000))
await ground.admin(`update posture.feed_set set feeds = array['f1','f2'] where organisation = $1`, [organisation])
await ground.admin(`insert into feeds.feed (organisation, name) values ($1,'f1')`, [organisation]).catch((e) => console.log(String(e)))
console.log(ground.target.adminUrl, organisation)
if (process.argv[4]) {
  const db = ground.target.adminUrl.split('/').pop()
  for (const q of ["session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 200", "auto_explain.log_analyze = on", "auto_explain.log_timing = on","auto_explain.log_parameter_max_length = 0"]) await ground.admin(`alter database ${db} set ${q}`)
  await ground.admin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${db}' and pid <> pg_backend_pid()`)
}
const app = await createApp({ logger: pino({ level: 'error' }), tls: null, bodyLimit: 10_000, callsPerMinute: 1e9, fallbackLocale: 'en', version: '0.0.0',
  authenticate: async () => ({ kind: 'account', id: organisation, role: 'administrator' }), organisationOf: async () => organisation })
ground.posture.register(app)
ground.clock.set(noon + 10 * 86_400_000)
const { id } = (await app.inject({ method: 'POST', url: '/api/periods', payload: { title: 'x', firstDay: '2026-04-25', lastDay: '2026-06-05' } })).json()
const timed = async (name: string, url: string) => { const f = performance.now(); const r = await app.inject(url); console.log(name, r.statusCode, (performance.now() - f).toFixed(0), 'ms', r.body.length, r.body.slice(0, 0)); return r.json() }
for (let i = 0; i < Number(process.argv[5] ?? 2); i++) {
  await timed('report', `/api/periods/${id}`)
  const p1 = await timed('population', `/api/periods/${id}/tables/population?limit=50`)
  await timed('population 2', `/api/periods/${id}/tables/population?limit=50&cursor=${p1.next}`)
  await timed('deviations', `/api/periods/${id}/tables/deviations?limit=50`)
  await timed('unseen', `/api/periods/${id}/tables/unseen?limit=50`)
  await timed('sample', `/api/periods/${id}/sample?test=${noWrongAccount.id}&seed=x&size=25`)
  await timed('computed', `/api/periods/${id}/computed`)
}
if (process.argv[3]) await new Promise(() => setInterval(() => {}, 1e6))
await ground.end()
process.exit(0)
