# shellcheck shell=sh
# The set-up that the programs in bin/ share; they source this file. POSIX sh.
# Everything here can be interrupted and run again: a step leaves its mark only once it is done.

say() { printf '%s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

cd "$(dirname "$0")/.." || fail "the project's folder can't be entered"
venv_python=.venv/bin/python

# new_enough PYTHON: whether it is at least 3.12 and can make virtual environments.
new_enough() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))'; }

# Print the first suitable Python on this machine. If PYTHON names one, use that or fail.
find_python() {
	if [ -n "${PYTHON:-}" ]; then
		why=$(new_enough "$PYTHON" 2>&1) ||
			fail "PYTHON=$PYTHON can't be used: ${why:-Python 3.12 or newer is needed, with its venv module}"
		printf '%s' "$PYTHON"
		return
	fi
	for candidate in python3 python3.14 python3.13 python3.12 python; do
		if new_enough "$candidate" >/dev/null 2>&1; then
			printf '%s' "$candidate"
			return
		fi
	done
}

make_venv() {
	if "$venv_python" -c 'import pip' >/dev/null 2>&1; then return; fi
	python=$(find_python) || exit 1
	[ -n "$python" ] || fail "Python 3.12 or newer is needed, with its venv module: install it (on Debian: apt-get install python3 python3-venv), or name it: PYTHON=/path/to/python3.12 $0"
	say "Making .venv with $("$python" --version)"
	rm -rf .venv
	"$python" -m venv .venv || fail "the virtual environment can't be made: on Debian, apt-get install python3-venv"
}

# install FILE: install what a requirements file locks, unless exactly that is installed already.
install() {
	mark=".venv/installed-$1"
	wanted=$(cksum "$1") || fail "$1 can't be read"
	if [ "$wanted" = "$(cat "$mark" 2>/dev/null)" ]; then return; fi
	say "Installing what $1 locks"
	# Remove the marks of the other files, too: pip is about to change what they stand for.
	rm -f .venv/installed-*
	"$venv_python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$1" ||
		fail "the packages of $1 can't be installed: is there a network?"
	printf '%s\n' "$wanted" >"$mark.new"
	mv "$mark.new" "$mark"
}

# Make the key that signs sessions, once, readable by this user alone. If the environment has a key, none
# is needed.
keep_secret_key() {
	mkdir -p var
	if [ -n "${SECRET_KEY:-}${SECRET_KEY_FILE:-}" ]; then return; fi
	if [ -s var/secret_key ]; then return; fi
	say "Making a secret key in var/secret_key"
	(umask 077 && "$venv_python" -c 'import secrets; print(secrets.token_urlsafe(50))' >var/secret_key.new) &&
		mv var/secret_key.new var/secret_key
}

# set_up FILE: do all of the above. Concurrent runs wait for each other, where there is `flock` (macOS has none).
set_up() {
	why=$({ mkdir -p var && touch var/setup.lock; } 2>&1) ||
		fail "nothing can be written into $(pwd)/var: ${why##*: }: make it a folder that $(id -un) may write to"
	exec 9>var/setup.lock
	if command -v flock >/dev/null; then flock 9; fi
	make_venv
	install "$1"
	keep_secret_key
	exec 9>&-
}
