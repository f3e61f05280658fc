#!/bin/sh
# Redis reads no password from a file: puts it into a copy of the configuration that nobody else reads.
set -eu
umask 077
secret=${REDIS_SECRET:-/run/secrets/redis}
config=${REDIS_CONFIG:-/etc/redis/redis.conf}
target=${TMPDIR:-/tmp}/redis.conf

{
  cat "$config"
  printf 'requirepass "%s"\n' "$(sed 's/[\\"]/\\&/g' "$secret/password")"
} > "$target"
exec redis-server "$target"
