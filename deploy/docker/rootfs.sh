#!/bin/sh
# rootfs.sh BINARY FOLDER: lays out the root of the server's image: the binary, the libraries that it is linked to,
# authorities for TLS, a user, and a folder for data.
set -eu

binary=$1 root=$2
copy() {
  install -D -m "$1" "$(readlink -f "$2")" "$root$3"
}

copy 755 "$binary" /usr/bin/banter
ldd "$binary" | grep -o '/[^ ]*' | while read -r library; do
  copy 755 "$library" "$library"
done
copy 644 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
mkdir -p "$root/etc" "$root/tmp" "$root/var/lib/banter"
echo 'banter:x:10001:10001:Banter:/var/lib/banter:/nonexistent' >"$root/etc/passwd"
echo 'banter:x:10001:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
chmod 1777 "$root/tmp"
chmod 700 "$root/var/lib/banter"
chown 10001:10001 "$root/var/lib/banter"
