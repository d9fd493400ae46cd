/** What a server is ever asked: each gives one row with one JSON value. All of it reads, and reads the catalogue alone. */
export const queries = {
  server: `select json_build_object(
      'version', current_setting('server_version'),
      'ssl', current_setting('ssl'),
      'sslMinimumVersion', (select setting from pg_catalog.pg_settings where name = 'ssl_min_protocol_version'),
      'passwordEncryption', current_setting('password_encryption'),
      'listenAddresses', current_setting('listen_addresses'),
      'dataChecksums', current_setting('data_checksums'),
      'system', (select system_identifier::text from pg_catalog.pg_control_system()),
      'dataDirectory', (select setting from pg_catalog.pg_settings where name = 'data_directory'),
      'tablespaces', (select coalesce(json_agg(location), '[]'::json)
        from (select pg_catalog.pg_tablespace_location(oid) as location from pg_catalog.pg_tablespace) as places
        where location <> ''),
      'role', current_user,
      'readsRules', has_table_privilege('pg_catalog.pg_hba_file_rules', 'select')
        and has_function_privilege('pg_catalog.pg_hba_file_rules()', 'execute'),
      'readsConnections', pg_has_role('pg_read_all_stats', 'usage'),
      'readsVerifiers', has_column_privilege('pg_catalog.pg_authid', 'rolpassword', 'select')
    ) as answer`,
  roles: `select coalesce(json_agg(json_build_object(
      'name', rolname, 'canLogin', rolcanlogin, 'superuser', rolsuper, 'createRole', rolcreaterole,
      'createDatabase', rolcreatedb, 'replication', rolreplication, 'bypassRls', rolbypassrls,
      'validUntil', case when isfinite(rolvaliduntil) then floor(extract(epoch from rolvaliduntil) * 1000) end,
      'memberOf', (select coalesce(json_agg(distinct held.rolname), '[]'::json) from pg_catalog.pg_auth_members m
        join pg_catalog.pg_roles held on held.oid = m.roleid where m.member = r.oid)
    ) order by rolname), '[]'::json) as answer from pg_catalog.pg_roles r`,
  /** The kind of each verifier, told apart where it lies: the verifier itself never leaves the server. */
  verifiers: `select coalesce(json_object_agg(rolname, case
      when rolpassword is null then 'none'
      when rolpassword like 'SCRAM-SHA-256$%' then 'scram-sha-256'
      else 'md5' end), '{}'::json) as answer from pg_catalog.pg_authid`,
  rules: `select coalesce(json_agg(to_json(r)), '[]'::json) as answer from pg_catalog.pg_hba_file_rules r`,
  connections: `select coalesce(json_agg(json_build_object(
      'role', role, 'encrypted', encrypted, 'address', address, 'count', number)), '[]'::json) as answer
    from (select coalesce(a.usename, '') as role, coalesce(s.ssl, false) or coalesce(g.encrypted, false) as encrypted,
        host(a.client_addr) as address, count(*) as number
      from pg_catalog.pg_stat_activity a
      left join pg_catalog.pg_stat_ssl s on s.pid = a.pid
      left join pg_catalog.pg_stat_gssapi g on g.pid = a.pid
      where a.client_addr is not null group by 1, 2, 3) as counted`,
} as const satisfies Record<string, string>
export type QueryName = keyof typeof queries

/** Settings of the session in which they run: it cannot write, and no schema of the database comes before the catalogue. */
export const sessionSettings = {
  default_transaction_read_only: 'on',
  search_path: 'pg_catalog',
  statement_timeout: '5000',
} as const

const startup = Object.entries(sessionSettings)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ')

/** How psql is run, beside the place of the server and the query. */
export const psqlOptions = [
  '--no-psqlrc',
  '--quiet',
  '--tuples-only',
  '--no-align',
  '--no-password',
  `--dbname=dbname=postgres connect_timeout=5 application_name=hevd options='${startup}'`,
] as const

/** Whether a text is `--command=` with one of the queries. */
export function isFixedQuery(argument: string): boolean {
  return Object.values<string>(queries).some((query) => argument === `--command=${query}`)
}
