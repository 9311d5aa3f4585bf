#!/bin/sh
# Makes .venv hold what a lock names, or says in one sentence what the machine lacks.
# usage: ensure.sh run|dev
#
# The stamp is a copy of the lock that was installed, so that a second start only compares two files.
# An environment made to develop holds everything needed to run, and counts as both.
set -eu
want=$1
cd "$(dirname "$0")/.."

if [ -x .venv/bin/python ] && cmp -s "requirements/$want.txt" ".venv/.lock-$want"; then
    exit 0
fi

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'
# Runs each candidate, since a name on PATH may be a shim that only says that nothing is installed.
choose() {
    for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3}; do
        if "$candidate" -c "$fits" >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
}

if ! { [ -x .venv/bin/python ] && .venv/bin/python -c "$fits" >/dev/null 2>&1 && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python=$(choose)
    if [ -z "$python" ]; then
        echo "Python 3.11, 3.12 or 3.13 is needed and none was found${PYTHON:+ as PYTHON=$PYTHON}: install it with 'apt install python3 python3-venv' (Debian 12, Ubuntu 24.04 or newer) or 'brew install python@3.12' (macOS), or name one with 'make PYTHON=/path/to/python'." >&2
        exit 2
    fi
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        echo "$python lacks its venv module: install it with 'apt install python3-venv' (Debian, Ubuntu), or on macOS take the Python of 'brew install python@3.12'." >&2
        exit 2
    fi
    echo "Making .venv with $("$python" --version)" >&2
    "$python" -m venv --clear .venv
fi
exec .venv/bin/python requirements/install.py "$want"
