/** Kinds of file system that are no disk of this host's, or only made up by the kernel. */
const elsewhere = [
  ...[
    'proc',
    'sysfs',
    'devtmpfs',
    'devpts',
    'tmpfs',
    'ramfs',
    'cgroup',
    'cgroup2',
    'securityfs',
    'debugfs',
    'tracefs',
  ],
  ...['nfs', 'nfs4', 'cifs', 'smb3', '9p', 'autofs', 'fuse.sshfs', 'squashfs', 'iso9660', 'rpc_pipefs'],
]
/** Where people and programs keep what is theirs. */
const places = ['/etc', '/home', '/opt', '/root', '/srv', '/usr/local', '/var']
/** What packages and languages bring, and what containers see as theirs. */
const notOurs = [
  ...[
    '/var/lib/dpkg',
    '/var/lib/apt',
    '/var/cache',
    '/var/lib/docker',
    '/var/lib/containerd',
    '/var/lib/containers',
  ],
  ...['*/lib/python*', '*/pkg/mod', '*/.cargo', '*/.cache'],
]
const names = [
  ...['*.pem', '*.key', '*.p8', '*_key', 'privkey*', 'id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519'],
  ...['.env', '.env.*', '*.env'],
]

const anyOf = (option: string, values: readonly string[]) =>
  values.flatMap((value, at) => (at === 0 ? [option, value] : ['-o', option, value]))

/** What find(1) is asked: regular files below 128 KiB whose names are those of keys or settings. */
export const findKeyFiles: readonly string[] = [
  ...places,
  ...['(', ...anyOf('-fstype', elsewhere), '-o', ...anyOf('-path', notOurs)],
  ...['-o', ...anyOf('-name', ['node_modules', '.git']), ')', '-prune'],
  ...['-o', '-type', 'f', '-size', '-128k', '(', ...anyOf('-name', names), ')', '-print0'],
]
