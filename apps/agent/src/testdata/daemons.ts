import type { Daemon } from './real-daemon.ts'

/** Real daemons of the system's packages, without and with TLS where they can have it. */

export const vsftpd =
  ({ tls, banner }: { readonly tls: boolean; readonly banner?: string }): Daemon =>
  ({ folder, port, key, certificate }) => ({
    command: ['vsftpd', `${folder}/vsftpd.conf`],
    files: {
      'vsftpd.conf': lines(
        'listen=YES',
        'listen_address=127.0.0.1',
        `listen_port=${port}`,
        'background=NO',
        'run_as_launching_user=YES',
        'local_enable=YES',
        ...(banner === undefined ? [] : [`ftpd_banner=${banner}`]),
        ...(tls ? ['ssl_enable=YES', `rsa_cert_file=${certificate}`, `rsa_private_key_file=${key}`] : []),
      ),
    },
  })

export const redis =
  (...more: readonly string[]): Daemon =>
  ({ folder, port }) => ({
    command: ['redis-server', '--bind', '127.0.0.1', '--port', `${port}`, ...inMemory(folder), ...more],
  })

export const redisOverTls: Daemon = ({ folder, port, key, certificate }) => ({
  command: [
    'redis-server',
    ...['--bind', '127.0.0.1', '--port', '0', '--tls-port', `${port}`, ...inMemory(folder)],
    ...['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate],
  ],
})

const inMemory = (folder: string) => ['--dir', folder, '--save', '', '--appendonly', 'no']

export const mariadb =
  ({ tls }: { readonly tls: boolean }): Daemon =>
  ({ folder, port, key, certificate }) => ({
    command: [
      'mariadbd',
      '--no-defaults',
      '--skip-grant-tables',
      `--datadir=${folder}/data`,
      `--socket=${folder}/socket`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      ...(tls ? [`--ssl-cert=${certificate}`, `--ssl-key=${key}`] : []),
    ],
    files: { 'data/made': '' },
  })

/** `listener` is `imap`, `imaps`, `pop3` or `pop3s`. */
export const dovecot =
  (listener: string, { tls }: { readonly tls: boolean }): Daemon =>
  ({ folder, port, key, certificate }) => {
    const protocol = listener.replace(/s$/, '')
    const inet = [protocol, `${protocol}s`].map(
      (name) => `inet_listener ${name} {\naddress = 127.0.0.1\nport = ${name === listener ? port : 0}\n}`,
    )
    return {
      command: ['dovecot', '-F', '-c', `${folder}/dovecot.conf`],
      files: {
        'dovecot.conf': lines(
          `base_dir = ${folder}/run`,
          `state_dir = ${folder}/state`,
          `log_path = ${folder}/log`,
          `protocols = ${protocol}`,
          'default_internal_user = nobody',
          'default_internal_group = nogroup',
          'default_login_user = nobody',
          `ssl = ${tls ? 'yes' : 'no'}`,
          `ssl_cert = <${certificate}`,
          `ssl_key = <${key}`,
          'passdb {\ndriver = static\nargs = nopassword=y\n}',
          `userdb {\ndriver = static\nargs = home=${folder}/home\n}`,
          ...['anvil', 'stats'].map((name) => `service ${name} {\nchroot =\n}`),
          `service ${protocol}-login {\nchroot =\n${inet.join('\n')}\n}`,
        ),
      },
    }
  }

/** `security` is xrdp's `security_layer`. */
export const xrdp =
  (security: 'negotiate' | 'tls' | 'rdp'): Daemon =>
  ({ folder, port, key, certificate }) => ({
    command: ['xrdp', '--nodaemon', '--config', `${folder}/xrdp.ini`],
    files: {
      'xrdp.ini': lines(
        '[Globals]',
        'ini_version=1',
        `port=tcp://127.0.0.1:${port}`,
        `security_layer=${security}`,
        'crypt_level=high',
        `certificate=${certificate}`,
        `key_file=${key}`,
        'ssl_protocols=TLSv1.2, TLSv1.3',
        '[Logging]',
        `LogFile=${folder}/log`,
        'LogLevel=INFO',
        '[Channels]',
        '[vnc]',
        'name=vnc',
        'lib=libvnc.so',
        'ip=127.0.0.1',
        'port=1',
      ),
    },
  })

/** `server` is what stands in its block beside `listen`; `tls` goes after the port. */
export const nginx =
  (server: string, { tls }: { readonly tls: boolean }): Daemon =>
  ({ folder, port, key, certificate }) => ({
    command: ['nginx', '-p', folder, '-e', `${folder}/log`, '-c', `${folder}/nginx.conf`],
    files: {
      'nginx.conf': lines(
        'daemon off;',
        `pid ${folder}/pid;`,
        'events {}',
        'http {',
        'access_log off;',
        ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
          (name) => `${name}_temp_path ${folder}/${name};`,
        ),
        `server { listen 127.0.0.1:${port}${tls ? ' ssl' : ''};`,
        ...(tls ? [`ssl_certificate ${certificate};`, `ssl_certificate_key ${key};`] : []),
        server,
        '}',
        '}',
      ),
    },
  })

/** `more` are lines of its configuration. */
export const exim =
  (tls: 'none' | 'starttls' | 'from-the-start', ...more: readonly string[]): Daemon =>
  ({ folder, port, key, certificate }) => ({
    account: 'Debian-exim',
    command: ['exim4', '-bdf', '-C', `${folder}/exim.conf`],
    files: {
      'exim.conf': lines(
        'primary_hostname = mail.hevd.invalid',
        `local_interfaces = <; [127.0.0.1]:${port}`,
        `spool_directory = ${folder}/spool`,
        `log_file_path = ${folder}/%slog`,
        `pid_file_path = ${folder}/pid`,
        `tls_advertise_hosts = ${tls === 'none' ? '' : '*'}`,
        ...(tls === 'none' ? [] : [`tls_certificate = ${certificate}`, `tls_privatekey = ${key}`]),
        ...(tls === 'from-the-start' ? [`tls_on_connect_ports = ${port}`] : []),
        'keep_environment =',
        ...more,
      ),
    },
  })

export const dnsmasq: Daemon = ({ port }) => ({
  command: [
    'dnsmasq',
    ...['--keep-in-foreground', '--conf-file=/dev/null', '--pid-file', '--no-resolv', '--no-hosts'],
    ...['--listen-address=127.0.0.1', '--bind-interfaces', `--port=${port}`],
  ],
})

export const xvnc: Daemon = ({ port }) => ({
  command: [
    'Xtigervnc',
    ...[`:${port}`, '-rfbport', `${port}`, '-interface', '127.0.0.1'],
    ...['-SecurityTypes', 'None', '-geometry', '64x64', '-depth', '16'],
  ],
})

export const memcached: Daemon = ({ port }) => ({
  command: ['memcached', '--listen=127.0.0.1', `--port=${port}`, '--udp-port=0'],
})

export const nats =
  (tls: 'none' | 'offered' | 'demanded'): Daemon =>
  ({ folder, port, key, certificate }) => ({
    command: ['nats-server', '--config', `${folder}/nats.conf`],
    files: {
      'nats.conf': lines(
        'host: 127.0.0.1',
        `port: ${port}`,
        ...(tls === 'none' ? [] : [`tls { cert_file: "${certificate}", key_file: "${key}" }`]),
        ...(tls === 'offered' ? ['allow_non_tls: true'] : []),
      ),
    },
  })

/** With TLS a client speaks it from its first byte on. */
export const mosquitto =
  ({ tls }: { readonly tls: boolean }): Daemon =>
  ({ folder, port, key, certificate }) => ({
    command: ['mosquitto', '-c', `${folder}/mosquitto.conf`],
    files: {
      'mosquitto.conf': lines(
        `listener ${port} 127.0.0.1`,
        'allow_anonymous false',
        ...(tls ? [`certfile ${certificate}`, `keyfile ${key}`] : []),
      ),
    },
  })

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`
}
