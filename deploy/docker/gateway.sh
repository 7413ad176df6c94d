#!/bin/sh
# The start of the gateway's container: fills in the configuration from GATEWAY_… and becomes nginx.
set -eu
/etc/banter-gateway/render.sh /run/gateway/conf
exec nginx -c /run/gateway/conf/nginx.conf -g 'daemon off;'
