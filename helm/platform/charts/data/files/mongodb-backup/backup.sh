#!/bin/bash
# Dumps all databases, proves that the dump can be read back, keeps the newest ones.
set -euo pipefail
umask 077

target=/backup/mongodb-$(date -u +%Y%m%dT%H%M%SZ).archive.gz
config=/tmp/mongodump.yaml
printf 'password: "%s"\n' "$(sed 's/[\\"]/\\&/g' /run/secrets/mongodb/password)" > "$config"
login=(--config="$config" --host="$MONGODB_HOST" --username="$(cat /run/secrets/mongodb/username)" \
  --authenticationDatabase=admin)

trap 'rm -f "$target.part"' EXIT
mongodump "${login[@]}" --gzip --archive="$target.part"
mongorestore "${login[@]}" --gzip --archive="$target.part" --dryRun
mv "$target.part" "$target"

find /backup -name 'mongodb-*.archive.gz' | sort -r | tail -n "+$((KEEP + 1))" | xargs -r rm --
echo "kept $(find /backup -name 'mongodb-*.archive.gz' | wc -l) dumps, newest $target"
