"""The whole build: encoders exported, then the index; the one place that ties both together."""

from pathlib import Path

from knowledge.build import COLLECTIONS, Say, VectorCache, build
from knowledge.encoder import OnnxEncoder
from knowledge.models import Model
from knowledge.search import CHINESE, ENGLISH, Reader
from knowledge.shelf import repair_for

_THREADS = 2


def build_all(var: Path, encoder: str, encoder_en: str, say: Say) -> bool:
    """Export both encoders and build the index under `var`; False if nothing had changed."""
    exported = [
        _export(model, var / "encoder" / collection, say)
        for collection, model in ((CHINESE, encoder), (ENGLISH, encoder_en))
    ]
    encoders = {name: OnnxEncoder(var / "encoder" / name, threads=_THREADS) for name in COLLECTIONS}
    readers = {
        name: Reader(
            VectorCache(encoder, var / "cache" / f"{name}-{encoder.fingerprint}.npz"),
            repair_for(name),
        )
        for name, encoder in encoders.items()
    }
    prints = {name: encoder.fingerprint for name, encoder in encoders.items()}
    return build(var / "index", readers, prints, say) or any(exported)


def _export(name: str, folder: Path, say: Say) -> bool:
    model = Model.named(name)
    if model.is_exported_to(folder):
        return False
    say(f"exporting encoder {name} to {folder}")
    from knowledge.export import export  # torch takes seconds to import: only when it is needed

    export(model, folder)
    return True
