# What ./demo and ./test need: looked for, installed on Debian when root, otherwise told in one line.
# Sourced by them; expects bash and "set -euo pipefail".

cache=${XDG_CACHE_HOME:-$HOME/.cache}/actormesh

jdk_version() { # the JDK's feature release, 0 if there is none
  local javac=javac
  [ -z "${JAVA_HOME:-}" ] || javac=$JAVA_HOME/bin/javac
  local version
  version=$("$javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p') || true
  echo "${version:-0}"
}

java_command() {
  if [ -n "${JAVA_HOME:-}" ]; then echo "$JAVA_HOME/bin/java"; else echo java; fi
}

is_debian() { command -v apt-get >/dev/null && command -v dpkg >/dev/null; }

quietly() { # <log> <command …>: its output is shown only if it fails
  local log=$1
  shift
  "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

refresh_packages() { # once a run: a fresh machine has no package lists
  [ -z "${packages_refreshed:-}" ] || return 0
  quietly "$cache/apt.log" apt-get update
  packages_refreshed=yes
}

need_build_tools() {
  local missing=()
  [ "$(jdk_version)" -ge 17 ] || missing+=(default-jdk-headless)
  command -v mvn >/dev/null || missing+=(maven)
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! is_debian; then
    echo "Needed: a JDK, version 17 or newer, and Maven, 3.8.7 or newer. Install them and run this again." >&2
    exit 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    echo "Run this, then try again:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y ${missing[*]}" >&2
    exit 1
  fi
  mkdir -p "$cache"
  refresh_packages
  echo "Installing ${missing[*]}"
  DEBIAN_FRONTEND=noninteractive quietly "$cache/apt.log" \
    apt-get install -y --no-install-recommends "${missing[@]}"
  [ "$(jdk_version)" -ge 17 ] || {
    echo "JAVA_HOME or PATH still leads to JDK $(jdk_version); 17 or newer is needed." >&2
    exit 1
  }
}

# promtool reads the metrics page as Prometheus would. It is taken out of Debian's package, which is
# not installed: that would start a server.
need_promtool() {
  PATH=$PATH:$cache/prometheus/usr/bin
  command -v promtool >/dev/null && return 0
  if ! is_debian; then
    echo "Needed for the tests: promtool, a part of Prometheus, on the PATH." >&2
    exit 1
  fi
  mkdir -p "$cache"
  [ "$(id -u)" -ne 0 ] || refresh_packages
  echo "Fetching promtool"
  (cd "$cache" && quietly "$cache/apt.log" apt-get download prometheus) || {
    echo "Run this, then try again:" >&2
    echo "  sudo apt-get update" >&2
    exit 1
  }
  rm -rf "$cache/prometheus"
  dpkg -x "$cache"/prometheus_*.deb "$cache/prometheus"
  rm -f "$cache"/prometheus_*.deb
}

# The tests speak with a real Consul. Debian had it last in bullseye, so the package comes from that
# suite at the place where this machine gets its own Debian packages, and is not installed.
need_consul() {
  PATH=$PATH:$cache/consul/usr/bin
  command -v consul >/dev/null && return 0
  local source
  source=$(debian_source)
  if [ -z "$source" ]; then
    echo "Needed for the tests: consul, 1.8 or newer, on the PATH." >&2
    exit 1
  fi
  echo "Fetching consul"
  local apt=$cache/apt-bullseye
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  echo "deb $source bullseye main" >"$apt/sources.list"
  local options=(-o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$apt/lists"
    -o "Dir::Cache=$apt/cache" -o Dir::Etc::preferences=- -o Dir::Etc::preferencesparts=- -o APT::Sandbox::User=)
  (cd "$apt" && quietly apt.log apt-get "${options[@]}" update &&
    quietly apt.log apt-get "${options[@]}" download consul) || exit 1
  rm -rf "$cache/consul"
  dpkg-deb -x "$apt"/consul_*.deb "$cache/consul"
  rm -rf "$apt"
}

debian_source() { # where this machine gets Debian's packages; nothing if it is no Debian
  is_debian || return 0
  mkdir -p "$cache"
  [ "$(id -u)" -ne 0 ] || refresh_packages
  local uri keys=/usr/share/keyrings/debian-archive-keyring.gpg
  uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 'Component: main' | sed -n 1p)
  [ -z "$uri" ] || echo "$([ ! -e $keys ] || echo "[signed-by=$keys]") $uri"
}

# The page of the front door is tested in a real browser. Elsewhere than on Debian its tests are skipped.
need_chromium() {
  [ ! -x /usr/bin/chromium ] || return 0
  if ! is_debian; then
    echo "Without /usr/bin/chromium the tests in a browser are skipped."
    return 0
  fi
  if [ "$(id -u)" -ne 0 ]; then
    echo "Run this, then try again:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium" >&2
    exit 1
  fi
  mkdir -p "$cache"
  refresh_packages
  echo "Installing chromium"
  DEBIAN_FRONTEND=noninteractive quietly "$cache/apt.log" \
    apt-get install -y --no-install-recommends chromium
}
