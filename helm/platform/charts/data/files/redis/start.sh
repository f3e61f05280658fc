#!/bin/sh
# Redis reads no password from a file: puts it into a copy of the configuration that nobody else reads.
set -eu
umask 077
secret=${REDIS_SECRET:-/run/secrets/redis}
config=${REDIS_CONFIG:-/etc/redis/redis.conf}
target=${TMPDIR:-/tmp}/redis.conf

password=$(sed 's/[\\"]/\\&/g' "$secret/password")
if [ -z "$password" ]; then
  echo "There is no password in $secret; Redis would let everybody in." >&2
  exit 1
fi
{
  cat "$config"
  printf 'requirepass "%s"\n' "$password"
} > "$target"
exec redis-server "$target"
