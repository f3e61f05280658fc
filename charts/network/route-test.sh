# Asks as a client of the gateway: for a page of a backend, and for what nobody has.
set -f
failed=0
ask() {
  asked="$2 of host $1"
  answer=$(wget -S -q -O /dev/null --header "Host: $1" "$URL$2" 2>&1)
}
has() {
  if echo "$answer" | sed 's/^ *//' | grep -qixF "$1"; then
    echo "$asked: $1"
  else
    echo "$asked lacks \"$1\"; the answer is:"
    echo "$answer"
    failed=1
  fi
}

ask "$HOST" /
has 'HTTP/1.1 200 OK'
IFS='
'
for header in $HEADERS; do has "$header"; done
ask "$HOST" /no-such-page
has 'HTTP/1.1 404 Not Found'
ask no-such-host.invalid /
has 'HTTP/1.1 404 Not Found'
exit "$failed"
