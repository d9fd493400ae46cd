import { dirname, resolve } from 'node:path'

const needed = [resolve(import.meta.dirname, '../../..'), dirname(process.execPath)]

/**
 * Shell, as root in a mount namespace of its own: /usr, /opt and /root without what neither programs nor the tests
 * need. Of hundreds of thousands of files ten thousand are left for what an agent runs over each of them at every look
 * (getcap, find). Lays a small file system on /mnt.
 */
export const smallHost = `
# Tells mount of a folder with its own files and, of its folders, those named alone; of none that a test runs from.
only() {
  folder=$1 kept=/mnt/only$1
  shift
  for inside in ${needed.join(' ')}; do case $inside/ in $folder/*) return ;; esac; done
  test -d $folder || return 0
  folders="$kept"
  for name; do
    test -d $folder/$name || continue
    folders="$folders $kept/$name"
    echo "$folder/$name $kept/$name none bind"
  done
  mkdir -p $folders
  find $folder -maxdepth 1 ! -type d -exec cp -Pt $kept {} +
  echo "$kept $folder none rbind"
}
mount -t tmpfs tmpfs /mnt
{
  only /usr/share dpkg postgresql zoneinfo
  only /usr/include
  only /opt
  only /root
  (cd /usr/lib && only /usr/lib *-linux-gnu* apt dpkg locale openssh postgresql ssl systemd)
} > /mnt/table
mount --all --fstab /mnt/table
`
