import { expect, test } from 'vitest'
import { startCommand } from './start-command.ts'

test('the command that starts a restored server is one line of a shell', () => {
  const copy = { into: "/srv/it's", data: "/srv/it's/data", major: 1 }
  expect(startCommand(copy, 'postgres')).toBe(
    "sudo -u postgres pg_ctl -D '/srv/it'\\''s/data' -l '/srv/it'\\''s/server.log' -o '-p 5433 -k /tmp -c logging_collector=off' start",
  )
})
