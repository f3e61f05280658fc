#!/bin/sh
# Keeps the access log in bounds: a new file each day of UTC and at MAX_MB, the old ones compressed,
# KEEP of them, and all together below four times MAX_MB, as the volume has five times that.
set -u
cd "${LOGS:-/var/log/nginx}" || exit 1
limit=$((MAX_MB * 1000000))

# nginx writes on to the file that was moved until it has opened a new one: no line is lost.
reopen() { kill -USR1 "$(cat "${PID_FILE:-/tmp/nginx.pid}")"; }
rotate() { mv -n access.log "access-$(date -u +%Y%m%dT%H%M%SZ).log" && reopen; }

is_full() { [ -e access.log ] && [ "$(wc -c <access.log)" -ge "$limit" ]; }

# The day is in the name of an empty file: it can be changed on a full volume, and outlives this.
is_new_day() {
  today=.day-$(date -u +%Y%m%d)
  [ ! -e "$today" ] || return 1
  mv .day-* "$today" 2>/dev/null || { touch "$today" && return 1; }
}

# In the round after they were moved, so that nginx has let go of them; what it has not, stays.
compress() {
  for file in access-*.log; do
    { [ -e "$file" ] && [ -e access.log ]; } || return
    size=$(wc -c <"$file")
    if ! gzip -c "$file" >"$file.part"; then
      # No space: the oldest goes for the sake of what comes.
      rm -f "$file.part"
      set -- access-*.log*
      rm "$1"
      return
    fi
    if [ "$(wc -c <"$file")" = "$size" ]; then
      mv "$file.part" "$file.gz" && rm "$file"
    fi
    rm -f "$file.part"
  done
}

is_crowded() { [ "$(du -sk . | cut -f 1)" -gt $((limit * 4 / 1024)) ]; }

# The oldest first, by their names.
trim() {
  set -- access-*.log*
  while [ -e "$1" ] && { [ $# -gt "$KEEP" ] || is_crowded; }; do
    rm "$1" || return
    shift
    [ $# -gt 0 ] || return
  done
}

rm -f ./*.part
while true; do
  compress
  trim
  if is_new_day || is_full; then
    [ ! -s access.log ] || rotate
  elif [ ! -e access.log ]; then
    reopen
  fi
  sleep "${EVERY:-10}"
done
