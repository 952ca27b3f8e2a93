"""Build both environments; safe to repeat. Standard library only.

`.venv` (Python 3.11, the service) and `.venv-rasa` (Python 3.10, Rasa) are made
from the lock files in `locks/`. uv does the work where it can be fetched, pip
where it cannot. `python scripts/bootstrap.py [service|rasa|tools]`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "var" / "tools"
UV_VERSION = "0.13.9"
TORCH = "torch==2.13.0"
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
NEEDED_GB = 9


class Environment(NamedTuple):
    name: str
    folder: Path
    python: str
    lock: Path
    imports: str


ENVIRONMENTS = (
    Environment("service", ROOT / ".venv", "3.11", ROOT / "locks" / "service.txt",
                "fastapi, rasa_sdk, faiss, onnxruntime, sentence_transformers, sqlalchemy"),
    Environment("rasa", ROOT / ".venv-rasa", "3.10", ROOT / "locks" / "rasa.txt",
                "rasa, jieba, onnxruntime, tokenizers"),
)  # fmt: skip


def main() -> None:
    if sys.argv[1:] == ["tools"]:
        fetch_uv()
        return
    wanted = sys.argv[1:] or [environment.name for environment in ENVIRONMENTS]
    stale = [e for e in ENVIRONMENTS if e.name in wanted and not is_current(e)]
    if not stale:
        return
    require_disk_space()
    uv = fetch_uv()
    for environment in stale:
        build(environment, uv)


def is_current(environment: Environment) -> bool:
    stamp = environment.folder / ".fingerprint"
    return stamp.is_file() and stamp.read_text() == fingerprint(environment)


def fingerprint(environment: Environment) -> str:
    return hashlib.sha256(environment.lock.read_bytes() + TORCH.encode()).hexdigest()


def build(environment: Environment, uv: str | None) -> None:
    began = time.monotonic()
    say(f"building {environment.folder.name} (Python {environment.python}) …")
    interpreter = find_python(environment.python, uv)
    shutil.rmtree(environment.folder, ignore_errors=True)
    if uv:
        run([uv, "venv", "--quiet", "--python", interpreter, str(environment.folder)])
    else:
        run([interpreter, "-m", "venv", str(environment.folder)])
    if environment.name == "service":
        install_torch(environment, uv)
    install(environment, uv, "--no-deps", "--requirement", str(environment.lock))
    check_imports(environment)
    (environment.folder / ".fingerprint").write_text(fingerprint(environment))
    say(f"  {environment.folder.name} ready in {time.monotonic() - began:.0f} s")


def install_torch(environment: Environment, uv: str | None) -> None:
    """The CPU build: pip's own find-links first, then PyTorch's CPU index, then the plain index."""
    links = pip_setting("find-links").split()
    if links and try_install(environment, uv, *flags("--find-links", links), "--no-index", TORCH):
        return
    if try_install(environment, uv, "--index-url", TORCH_CPU_INDEX, TORCH):
        return
    say("  warning: no CPU build of torch in reach; the plain index brings about 3 GB of CUDA")
    if not try_install(environment, uv, TORCH, with_deps=True):
        fail("torch could not be installed: check the network and pip's index, then run again.")


def try_install(
    environment: Environment, uv: str | None, *arguments: str, with_deps: bool = False
) -> bool:
    extra = () if with_deps else ("--no-deps",)
    command = [*installer(environment, uv), *extra, *arguments]
    return subprocess.run(command, capture_output=True, env=install_environ()).returncode == 0


def install(environment: Environment, uv: str | None, *arguments: str) -> None:
    run(installer(environment, uv) + list(arguments), env=install_environ())


def installer(environment: Environment, uv: str | None) -> list[str]:
    python = str(environment.folder / "bin" / "python")
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", python]
    return [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def install_environ() -> dict[str, str]:
    """uv does not read pip's configuration: hand it pip's index, for machines behind a mirror."""
    environ = dict(os.environ)
    index = pip_setting("index-url")
    if index:
        environ.setdefault("UV_DEFAULT_INDEX", index)
    environ.setdefault("UV_HTTP_TIMEOUT", "180")
    return environ


def pip_setting(name: str) -> str:
    """pip's configured value, from its environment variable or its files; empty if unset."""
    variable = "PIP_" + name.upper().replace("-", "_")
    if variable in os.environ:
        return os.environ[variable]
    command = [sys.executable, "-m", "pip", "config", "get", f"global.{name}"]
    answer = subprocess.run(command, capture_output=True, text=True)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def fetch_uv() -> str | None:
    """A working uv: one on PATH, or one fetched into `var/tools`; None where neither can be had."""
    own = TOOLS / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(own)):
        if candidate and works([candidate, "--version"]):
            return candidate
    try:
        subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], check=True, capture_output=True)
        pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, f"uv=={UV_VERSION}"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        say("uv could not be fetched; falling back on pip (slower)")
        return None
    return str(own)


def find_python(version: str, uv: str | None) -> str:
    """A `version` interpreter that really runs: shims that lead nowhere are passed over."""
    for candidate in python_candidates(version):
        if runs_as(candidate, version):
            return candidate
    if uv and works([uv, "python", "install", version]):
        found = subprocess.run(
            [uv, "python", "find", "--managed-python", version], capture_output=True, text=True
        )
        if runs_as(found.stdout.strip(), version):
            return found.stdout.strip()
    fail(
        f"Python {version} is needed and was not found. Install it (Debian: apt-get install "
        f"python{version}-venv; or: uv python install {version}) and run the command again."
    )


def python_candidates(version: str) -> list[str]:
    home = Path.home()
    folders = [home / ".pyenv/versions", home / ".local/share/uv/python", Path("/opt")]
    found = [sys.executable, shutil.which(f"python{version}") or ""]
    for folder in folders:
        found += sorted(str(p) for p in folder.glob(f"*{version}*/bin/python{version}"))
    found += [f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"]
    return [candidate for candidate in found if candidate]


def runs_as(candidate: str, version: str) -> bool:
    probe = "import sys, ssl, sqlite3, ensurepip, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [candidate, "-c", probe], capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == version


def check_imports(environment: Environment) -> None:
    python = str(environment.folder / "bin" / "python")
    answer = subprocess.run(
        [python, "-W", "ignore", "-c", f"import {environment.imports}"],
        capture_output=True,
        text=True,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    if answer.returncode:
        fail(f"{environment.folder.name} is broken: {answer.stderr.strip().splitlines()[-1]}")


def require_disk_space() -> None:
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < NEEDED_GB:
        fail(
            f"Not enough disk space at {ROOT}: {free:.1f} GB free, {NEEDED_GB} GB needed. "
            "Free some space and run the command again."
        )


def flags(name: str, values: list[str]) -> list[str]:
    return [word for value in values for word in (name, value)]


def works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=300).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def run(command: list[str], env: dict[str, str] | None = None) -> None:
    answer = subprocess.run(command, capture_output=True, text=True, env=env)
    if answer.returncode:
        tail = "\n".join((answer.stderr or answer.stdout).strip().splitlines()[-8:])
        fail(f"this step failed: {' '.join(command)}\n{tail}")


def say(text: str) -> None:
    print(text, flush=True)


def fail(text: str) -> NoReturn:
    raise SystemExit(f"error: {text}")


if __name__ == "__main__":
    main()
