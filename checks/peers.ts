/** Real peers of the tests, as Debian packages; each line says what it is a peer of. */
export const peers = [
  'postgresql', // the system's own PostgreSQL
  'openssh-server', // effective sshd settings, certificates
  'sudo', // sudoers as sudo reads them
  'libcap2-bin', // capabilities of files
  'nftables', // packet filter
  'iptables',
  'iproute2', // network namespaces
  'util-linux',
  'chromium-headless-shell', // console, public page: Chromium without its own windows
  'fonts-noto-core',
  'poppler-utils', // the report as PDF: text, tags, fonts
  'qpdf',
  'age',
  'zstd', // backups by hand
  'swift-proxy', // a store that speaks S3 and checks signatures
  'swift-account',
  'swift-container',
  'swift-object',
  'openssl', // certificates of TLS peers
  'python3-hvac', // a client of Vault
  'softhsm2', // a token for the vault's root key
  'opensc', // how it is spoken to
  'faketime', // a clock that jumps
  'e2fsprogs', // a file system whose power is cut
  'golang-go', // independent check of the transparency log
  'golang-golang-x-mod-dev',
  'dconf-cli', // the desktops' settings, as they themselves read them
  'dconf-gsettings-backend',
  'gsettings-desktop-schemas',
  'libglib2.0-bin',
  'dbus',
  'libkf5config-bin',
  // daemons that the agent speaks to; all together 20 MB to fetch and 80 MB on disk, 45 of them MariaDB's
  'inetutils-telnetd',
  'rsh-redone-server',
  'vsftpd',
  'redis-server',
  'mariadb-server-core',
  'dovecot-imapd',
  'dovecot-pop3d',
  'exim4-daemon-light',
  'nginx-light',
  'xrdp',
  'tigervnc-standalone-server',
  'dnsmasq-base',
  'python3-aiosmtpd', // a mail server that shows what it was given
  'python3-icalendar', // independent reader of calendars
  'memcached',
  'nats-server',
  'mosquitto',
] as const

/** Real peers from the npm registry that are too large for everybody's install: folders with a lock of their own. */
export const npmPeers = [
  'packages/columns/src/testdata/prisma', // Prisma: 109 packages, 70 MB to fetch and 149 MB on disk
] as const
