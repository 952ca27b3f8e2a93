"""The encoder that remembers: each text is encoded once, in this run and in later ones."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.build import VectorCache
from knowledge.encoder import Encoder
from tests.unit.knowledge.samples import LetterEncoder


def cache(encoder: Encoder, tmp_path: Path) -> VectorCache:
    return VectorCache(encoder, tmp_path / "cache" / "zh.npz")


def test_only_new_texts_are_encoded_also_in_a_later_run(tmp_path: Path) -> None:
    encoder = LetterEncoder()
    first = cache(encoder, tmp_path)
    first.encode(["风筝", "灯笼", "风筝"])
    assert sorted(encoder.encoded) == ["灯笼", "风筝"]
    first.encode(["风筝"])
    cache(encoder, tmp_path).encode(["灯笼", "小船"])
    assert sorted(encoder.encoded) == ["小船", "灯笼", "风筝"]


def test_a_remembered_vector_is_the_encoders_own_in_the_order_asked(tmp_path: Path) -> None:
    texts = ["很长的一句关于风筝的话", "灯", "小船", "灯"]
    expected = LetterEncoder().encode(texts)
    assert np.array_equal(cache(LetterEncoder(), tmp_path).encode(texts), expected)
    assert np.array_equal(cache(LetterEncoder(), tmp_path).encode(texts[::-1]), expected[::-1])


def test_a_save_that_breaks_off_loses_nothing_saved_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache(LetterEncoder(), tmp_path).encode(["风筝"])
    with monkeypatch.context() as broken:
        broken.setattr(np, "savez", _half_written)
        with pytest.raises(OSError, match="disk full"):
            cache(LetterEncoder(), tmp_path).encode(["灯笼"])
    encoder = LetterEncoder()
    cache(encoder, tmp_path).encode(["风筝", "灯笼"])
    assert encoder.encoded == ["灯笼"]


def _half_written(path: Path, **_: object) -> None:
    path.write_bytes(b"PK\x03\x04 half")
    raise OSError("disk full")
