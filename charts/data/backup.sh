#!/bin/bash
# Dumps all databases, proves that the dump can be read back, keeps the newest ones.
set -euo pipefail
umask 077

# Tests set other folders.
folder=${BACKUP_FOLDER:-/backup}
secret=${SECRET_FOLDER:-/run/secrets/mongodb}
config=${TMPDIR:-/tmp}/mongodump.yaml

target=$folder/mongodb-$(date -u +%Y%m%dT%H%M%SZ).archive.gz
printf 'password: "%s"\n' "$(sed 's/[\\"]/\\&/g' "$secret/password")" > "$config"
login=(--config="$config" --host="$MONGODB_HOST:$MONGODB_PORT" --username="$(cat "$secret/username")" \
  --authenticationDatabase=admin)
# Newest first; never looks into folders, as lost+found may not be readable.
dumps() { find "$folder" -maxdepth 1 -name 'mongodb-*.archive.gz' | sort -r; }

# A run that was killed could not remove its own.
rm -f "$folder"/mongodb-*.part
trap 'rm -f "$target.part"' EXIT
mongodump "${login[@]}" --gzip --archive="$target.part"
mongorestore "${login[@]}" --gzip --archive="$target.part" --dryRun
mv "$target.part" "$target"

dumps | tail -n "+$((KEEP + 1))" | xargs -r rm --
echo "kept $(dumps | wc -l) dumps, newest $target"
