#!/bin/sh
# Whether Redis answers PING with one of the words given: redis-cli ends well on an error, too.
set -eu
REDISCLI_AUTH=$(cat "${REDIS_SECRET:-/run/secrets/redis}/password")
export REDISCLI_AUTH
answer=$(redis-cli -p "${REDIS_PORT:-6379}" ping)
for word in "$@"; do
  case $answer in "$word" | "$word "*) exit 0 ;; esac
done
echo "$answer" >&2
exit 1
