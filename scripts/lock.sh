#!/usr/bin/env bash
# Renew both lock files. torch and its CUDA companions stay out: scripts/bootstrap.py installs the CPU build.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=var/tools/bin/uv
[ -x "$uv" ] || uv=uv
lock() { "$uv" pip compile --quiet --generate-hashes --no-header --upgrade "$@"; }
lock pyproject.toml --extra dev --python-version 3.11 \
  --no-emit-package torch --no-emit-package triton \
  $("$uv" pip compile --quiet --no-header --no-annotate pyproject.toml --python-version 3.11 |
    sed -nE 's/^((nvidia|cuda)-[a-z0-9-]+)==.*/--no-emit-package \1/p') \
  --output-file locks/service.txt
lock bot/requirements.in --python-version 3.10 --output-file locks/rasa.txt
