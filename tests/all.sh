#!/usr/bin/env bash
# The project's one test command:  bash tests/all.sh
#
# Installs what a fresh Debian machine lacks, then tests the program, then the demonstration site in a browser.
# What is already here is not asked for again, so a second run needs no network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

current='start'
began=0
ended() {
  local code=$?
  [ "$code" -eq 0 ] || printf 'FAILED  %s (%d s, %d s in all)\n' "$current" $((SECONDS - began)) "$SECONDS" >&2
}
trap ended EXIT

# Runs one step and says so in one line. No `||` around the command: it would switch `set -e` off inside.
step() {
  current=$1
  began=$SECONDS
  shift
  "$@"
  printf 'ok      %s (%d s, %d s in all)\n' "$current" $((SECONDS - began)) "$SECONDS"
}

have() { command -v "$1" >/dev/null 2>&1; }

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# One apt step for everything: two runs at once break each other. The archive folder is our own, because images made
# for containers empty the shared one after every run, even while another still reads it.
apt_install() {
  local as_root=() archives options
  if [ "$(id -u)" -ne 0 ]; then
    have sudo || { echo "missing: $*. Neither root nor sudo: please install them first." >&2; return 1; }
    as_root=(sudo)
  fi
  archives=$(mktemp -d)
  mkdir "$archives/partial"
  # apt downloads as its own user, who has to reach the folder.
  chmod 755 "$archives" "$archives/partial"
  options=(-o DPkg::Lock::Timeout=120 -o "Dir::Cache::archives=$archives")
  local done=1
  for _ in 1 2; do
    if "${as_root[@]}" apt-get -q "${options[@]}" update &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q "${options[@]}" install -y --no-install-recommends "$@"; then
      done=0
      break
    fi
  done
  "${as_root[@]}" rm -rf "$archives"
  return "$done"
}

install_missing() {
  local wanted=()
  browser >/dev/null || wanted+=(chromium)
  { have pdfinfo && have pdftoppm; } || wanted+=(poppler-utils)
  have java || wanted+=(default-jre-headless)
  have node || wanted+=(nodejs)
  have npm || wanted+=(npm)
  if [ ${#wanted[@]} -gt 0 ]; then
    if ! have apt-get; then
      echo "missing: ${wanted[*]} (Debian's names), and this machine has no apt to install them. Please install them first." >&2
      return 1
    fi
    apt_install "${wanted[@]}"
  fi
  local version
  version=$(node -p 'process.versions.node')
  if [ "${version%%.*}" -lt 20 ]; then
    echo "Node $version is too old for the browser tests: they need 20 or newer (Debian 13 has it)." >&2
    return 1
  fi
}

# The advisories are left out: their base is not on any registry.
supply_chain() {
  if have cargo-deny; then
    cargo deny --offline check bans licenses sources
  else
    echo 'skipped: cargo deny (cargo-deny is not installed)'
  fi
}

# The same input and date have to give the same bytes, whatever the time zone and the number of threads.
build_twice() {
  local first=target/brochure-test second=target/brochure-test-again
  rm -rf "$first" "$second"
  TZ=Pacific/Kiritimati RAYON_NUM_THREADS=1 cargo run --locked -- build --output "$first" --date 2026-11-22
  TZ=America/Los_Angeles RAYON_NUM_THREADS=4 cargo run --locked -- build --output "$second" --date 2026-11-22
  # The stamps are the disk's own: times and inodes of this very folder.
  diff -r --exclude=.brochure-stamps.json "$first" "$second"
}

# `npm ci` asks the registry each time; a note of the lock file that is installed spares that.
browser_tools() {
  local note=node_modules/.installed-lock
  cd tests/browser
  if ! cmp -s package-lock.json "$note"; then
    npm ci
    cp package-lock.json "$note"
  fi
  cd ../..
}

# What visitors look for, in the shipped brochure.
find_checks() {
  CHROMIUM=$(browser) node tests/browser/find.mjs target/brochure-test --queries tests/browser/queries.json
}

# The same in a catalogue of a thousand modules: the right titles first, and little to fetch.
large_find_checks() {
  local site=target/brochure-catalogue output=target/brochure-test-catalogue
  rm -rf "$site" "$output"
  cargo bench --locked --profile dev --bench catalogue -- generate 1000 "$PWD/$site"
  cargo run --locked -- build --quiet --root "$site" --output "$output" --date 2026-11-22
  CHROMIUM=$(browser) node tests/browser/find.mjs "$output" --titles tests/browser/titles.txt --budget 150000
}

# Calendars of dates that the demonstration does not have: each zone, each state, days apart.
calendar_checks() {
  local site=target/brochure-test-calendars
  rm -rf "$site"
  cargo run --locked -- build --root tests/fixtures/sites/calendars --output "$site" --date 2026-11-22
  CHROMIUM=$(browser) node tests/browser/check.mjs "$site" --only calendars,static
}

browser_checks() {
  CHROMIUM=$(browser) node tests/browser/check.mjs target/brochure-test
}

# The report on the rules: as a page of a site, and as a file of its own.
report_checks() {
  local site=target/brochure-test-report alone=target/brochure-test-report.html
  rm -rf "$site"
  cp -r tests/fixtures/rules/base "$site"
  printf 'rapport: oui\nadresse-de-modification: https://forge.example.org/edit/{path}#L{line}\n' >> "$site/brochure.yaml"
  printf -- '---\ntitre: À compléter\n---\n\nDu texte.\n' > "$site/content/modules/a-completer.md"
  cargo run --locked -- build --quiet --root "$site" --date 2026-11-22
  CHROMIUM=$(browser) node tests/browser/check.mjs "$site/public" --only pages,vnu,static --kind report
  # It ends with 1, since a sheet is not complete.
  cargo run --locked -- check --root "$site" --date 2026-11-22 --format html > "$alone" || [ $? -eq 1 ]
  CHROMIUM=$(browser) node tests/browser/alone.mjs "$alone"
}

preview_checks() {
  CHROMIUM=$(browser) node tests/browser/preview.mjs target/debug/brochure .
}

step 'machine: browser, PDF tools, Java, Node' install_missing
step 'cargo fmt' cargo fmt --check
step 'cargo clippy' cargo clippy --locked --all-targets -- -D warnings
step 'cargo test' cargo test --locked
step 'cargo doc' env RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps
step 'cargo deny' supply_chain
step 'the site, built twice, is the same' build_twice
step 'browser tools' browser_tools
step 'the site in a browser' browser_checks
step 'calendars of all sorts' calendar_checks
step 'search and choice in a browser' find_checks
step 'search among a thousand modules' large_find_checks
step 'the report in a browser' report_checks
step 'the preview in a browser' preview_checks
