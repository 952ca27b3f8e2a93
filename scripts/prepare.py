"""Everything the services need before they start; what has not changed is not done again."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from settings import settings  # noqa: E402

SERVICE, RASA = ROOT / ".venv" / "bin" / "python", ROOT / ".venv-rasa" / "bin" / "python"
BOT = tuple(f"bot/{part}" for part in ("domain", "nlu", "rules", "components"))
TRAINED_ON = ("config.yml", "locks/rasa.txt", *BOT)


class Step(NamedTuple):
    name: str
    command: list[str]


def main() -> None:
    """Run every step, and say what each took."""
    for step in steps():
        began = time.monotonic()
        print(f"{step.name} …", flush=True)
        run(step)
        print(f"  {time.monotonic() - began:.0f} s", flush=True)


def steps() -> Iterator[Step]:
    """The steps that are due, in order; each is run before the next is asked for."""
    yield Step("exporting the encoders and building the index", python("-m", "knowledge", "build"))
    fingerprint = training_fingerprint()
    if trained_fingerprint() != fingerprint:
        yield Step("training the intent model", train_command())
        (settings().var / "models" / "fingerprint").write_text(fingerprint, "utf-8")
    yield Step("migrating the database", python("-m", "office", "migrate"))
    yield Step("deleting what is past its period", python("-m", "office", "purge"))


def run(step: Step) -> None:
    """Run one step; its last lines end the program when it fails."""
    answer = subprocess.run(step.command, cwd=ROOT, env=environ(), capture_output=True, text=True)
    if answer.returncode:
        tail = "\n".join((answer.stderr or answer.stdout).strip().splitlines()[-12:])
        raise SystemExit(f"error: {step.name} failed:\n{tail}")


def python(*arguments: str) -> list[str]:
    return [str(SERVICE), *arguments]


def train_command() -> list[str]:
    out = str(settings().var / "models")
    files = ["--config", "config.yml", "--domain", "bot/domain", "--data", "bot/nlu", "bot/rules"]
    files += ["--out", out, "--fixed-model-name", "assistant"]
    return [str(RASA), "-m", "rasa", "train", *files]


def environ() -> dict[str, str]:
    """What every process of ours is started with."""
    chosen = settings()
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "VAR": str(chosen.var),
        "ENCODER": chosen.encoder,
        "ENCODER_EN": chosen.encoder_en,
        "PORT": str(chosen.port),
        "RASA_PORT": str(chosen.rasa_port),
        "ACTIONS_PORT": str(chosen.actions_port),
        "TRACKER_DB": str(chosen.var / "tracker.db"),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
    }


def training_fingerprint() -> str:
    """Changes when the bot's files, Rasa's lock or an exported encoder change."""
    digest = hashlib.sha256()
    for path in _training_inputs():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def trained_fingerprint() -> str:
    stamp = settings().var / "models" / "fingerprint"
    model = settings().var / "models" / "assistant.tar.gz"
    return stamp.read_text("utf-8") if stamp.is_file() and model.is_file() else ""


def _training_inputs() -> Iterator[Path]:
    for name in TRAINED_ON:
        path = ROOT / name
        files = path.rglob("*") if path.is_dir() else [path]
        yield from sorted(f for f in files if f.is_file() and f.suffix != ".pyc")
    yield from sorted((settings().var / "encoder").glob("*/meta.json"))


if __name__ == "__main__":
    main()
