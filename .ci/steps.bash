# Running steps and counting what comes of them, for .ci/run, whose variables passed, failed, skipped,
# notes, child and code it sets.
# shellcheck shell=bash disable=SC2034,SC2154

# step <name> <function> <what must exist>...: paths, script:<name> for one of package.json,
# env:<variable>, command:<program>, commit:<name>, or built:<program> for one of
# test/build-programs.ts
step() {
  local name=$1 run=$2 need
  shift 2
  for need in "$@"; do
    exists "$need" && continue
    need=${need/#script:/script }
    need=${need/#env:/variable }
    need=${need/#command:/program }
    need=${need/#commit:/commit }
    need=${need/#built:/program }
    printf '\n=== %s: skipped, there is no %s\n' "$name" "$need"
    skipped=$((skipped + 1))
    notes+="skipped: $name, there is no $need"$'\n'
    return
  done
  rm -rf "$WORK/reports"
  mkdir "$WORK/reports"
  timed "$name" "$run"
  if [[ "$run" =~ ^ci_(tests|configs|cluster|validators)$ ]]; then
    count_tests "$name"
  elif [ "$code" -eq 0 ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    notes+="failed: $name"$'\n'
  fi
}

exists() {
  case $1 in
    # No node for each of them: that alone took a second.
    script:*) grep -q "\"${1#script:}\":" package.json ;;
    env:*) [ -n "$(printenv "${1#env:}")" ] ;;
    command:*) command -v "${1#command:}" >/dev/null ;;
    commit:*) git rev-parse --quiet --verify "${1#commit:}" >/dev/null ;;
    built:*) grep -qx "ready ${1#built:}" "$WORK/built" 2>/dev/null ;;
    *) [ -e "$1" ] ;;
  esac
}

timed() {
  local name=$1 run=$2 start=$SECONDS left=$((BUDGET - SECONDS))
  printf '\n=== %s\n' "$name"
  [ "$left" -gt 0 ] || left=1
  timeout --kill-after=20 "$left" bash -euo pipefail -c "$run" &
  child=$!
  wait "$child"
  code=$?
  [ "$code" -ne 124 ] || echo "Stopped: all steps together may take $BUDGET seconds."
  printf '=== %s: exit code %s after %s s\n' "$name" "$code" "$((SECONDS - start))"
}

# Each test of a step that jest runs, in one report or several; those that were skipped by name. A suite
# that cannot be loaded has no failed test, so it counts as one; so does any other reason for which
# jest failed.
count_tests() {
  local name=$1 good=0 bad=1 left=0 names=''
  {
    read -r good bad left
    names=$(cat)
  } < <(node -e '
    const fs = require("node:fs");
    const [code, folder] = process.argv.slice(1);
    const files = fs.readdirSync(folder).map((name) => `${folder}/${name}`);
    const read = (file) => {
      try { return JSON.parse(fs.readFileSync(file, "utf8")); } catch { return {}; }
    };
    const all = files.map(read);
    const sum = (...keys) => all.flatMap((r) => keys.map((key) => r[key] ?? 0))
      .reduce((a, b) => a + b, 0);
    const bad = sum("numFailedTests", "numRuntimeErrorTestSuites");
    const ok = code === "0" && all.length > 0 && all.every((r) => r.success === true);
    const left = sum("numPendingTests", "numTodoTests");
    console.log(sum("numPassedTests"), ok ? bad : Math.max(bad, 1), left);
    for (const test of all.flatMap((r) => r.testResults ?? []).flatMap((r) => r.assertionResults))
      if (["pending", "todo"].includes(test.status)) console.log(`  ${test.fullName}`);
  ' "$code" "$WORK/reports")
  [ -n "$left" ] || { good=0 bad=1 left=0; }
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
  [ "$bad" -eq 0 ] || notes+="failed: $name, $bad of its tests"$'\n'
  [ "$left" -eq 0 ] || notes+="skipped: $left tests of $name${names:+$'\n'}$names"$'\n'
}

# What did not get ready in the time for building.
skip_late() {
  local name
  while read -r name; do
    skipped=$((skipped + 1))
    notes+="skipped: what needs $name, which was not built in time"$'\n'
  done < <(sed -n 's/^late //p' "$WORK/built" 2>/dev/null)
}
