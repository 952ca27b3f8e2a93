#!/usr/bin/env bash
# Rasa's command line in its own environment, with the settings the services run with.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=$PWD RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3
export TRACKER_DB=${TRACKER_DB:-var/tracker.db} ACTIONS_PORT=${ACTIONS_PORT:-5055}
export SQLALCHEMY_SILENCE_UBER_WARNING=1 PYTHONWARNINGS=ignore
exec .venv-rasa/bin/python -m rasa "$@"
