#!/bin/sh
# Gets the browser that the tests of the local workspace's page stand before, where this machine lets us: Debian's
# Chromium, by root. Elsewhere it says nothing: those tests are skipped by name, and under CI=true they fail.
set -eu
for name in "${BRIEF_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    exit 0
fi
echo "Installing Chromium from this machine's packages, for the tests of the page (once)" >&2
export DEBIAN_FRONTEND=noninteractive
get() {
    apt-get install -y -q --no-install-recommends chromium fonts-liberation </dev/null >"$log" 2>&1
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! get && ! { apt-get update -q </dev/null >"$log" 2>&1 && get; }; then
    tail -n 3 "$log" >&2
    echo "Chromium could not be installed: the tests that need it are skipped, or fail where CI=true." >&2
fi
