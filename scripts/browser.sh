#!/usr/bin/env bash
# A Chromium for the browser tests: the one that is there, or Debian's where we may install it.
set -euo pipefail
command -v chromium chromium-browser google-chrome >/dev/null && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "error: the browser tests need Chromium; install it (Debian: apt-get install chromium fonts-noto-cjk)" >&2
  exit 1
fi
echo "installing Chromium …"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
