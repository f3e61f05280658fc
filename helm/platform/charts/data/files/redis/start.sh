#!/bin/sh
# Redis reads no password from a file: puts those of all clients, and of the accounts with rights of
# their own, into a copy of the configuration that nobody else reads.
set -eu
umask 077
secret=${REDIS_SECRET:-/run/secrets/redis}
secrets=${ACCOUNT_SECRETS:-/run/secrets/accounts}
accounts=${REDIS_ACCOUNTS:-/etc/redis-accounts/accounts}
config=${REDIS_CONFIG:-/etc/redis/redis.conf}
target=${TMPDIR:-/tmp}/redis.conf

# A key of a Secret, as a text in quotes can have it.
read_key() {
  text=$(sed 's/[\\"]/\\&/g' "$1")
  [ -z "$text" ] || return 0
  echo "There is no ${1##*/} in ${1%/*}; Redis would let everybody in." >&2
  exit 1
}

cat "$config" > "$target"
read_key "$secret/password"
printf 'requirepass "%s"\n' "$text" >> "$target"
# An account without a Secret is that of a client which is switched off.
while read -r name rights; do
  [ -e "$secrets/$name/password" ] || continue
  read_key "$secrets/$name/username"
  user=$text
  read_key "$secrets/$name/password"
  printf 'user "%s" on ">%s" %s\n' "$user" "$text" "$rights" >> "$target"
done < "$accounts"
exec redis-server "$target"
