#!/bin/sh
# render.sh FOLDER: writes nginx.conf and banter/ with the settings filled in, see settings.env.
# For containers and tests; Ansible renders the same files itself.
set -eu

source=$(cd "$(dirname "$0")" && pwd)
target=${1:?the folder to write to, such as /etc/nginx}
modules=${NGINX_MODULES:-/usr/lib/nginx/modules}

while IFS='=' read -r name value; do
  case $name in
    GATEWAY_*) eval "export $name=\"\${$name-\$value}\"" ;;
  esac
done <"$source/settings.env"
# Named one by one, since nginx has variables of its own.
names=$(sed -n 's/^\(GATEWAY_[A-Z_]*\)=.*/${\1}/p' "$source/settings.env")

mkdir -p "$target/banter"
cd "$source"
for file in nginx.conf banter/*.conf; do
  if [ "$file" = banter/brotli.conf ] && ! [ -e "$modules/ngx_http_brotli_static_module.so" ]; then
    continue
  fi
  envsubst "$names" <"$file" >"$target/$file"
done
