"""Questions into vectors at run time: ONNX Runtime and the model's own tokenizer, no torch."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]

MODEL, TOKENIZER, META = "model.onnx", "tokenizer.json", "meta.json"
_BATCH = 32


class EncoderMissing(RuntimeError):
    """The exported encoder is not where it should be; `python -m knowledge build` makes it."""


class Encoder(Protocol):
    """Anything that turns n texts into n unit vectors of shape (n, d), float32."""

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class OnnxEncoder:
    """The exported sentence encoder in `folder` (see `knowledge.export`)."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        if not (folder / META).is_file():
            raise EncoderMissing(f"no encoder in {folder}: run `python -m knowledge build`")
        meta = json.loads((folder / META).read_text("utf-8"))
        self.fingerprint: str = meta["fingerprint"]
        self.dimensions: int = meta["dimensions"]
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(meta["max_tokens"])
        self._tokenizer.enable_padding()
        self._session = _session(folder / MODEL, threads)
        self._inputs = [node.name for node in self._session.get_inputs()]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimensions); no texts give shape (0, dimensions)."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        batches = [texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH)]
        return np.vstack([self._encode_batch(batch) for batch in batches])

    def _encode_batch(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(list(texts))
        columns = {
            "input_ids": [e.ids for e in encodings],
            "attention_mask": [e.attention_mask for e in encodings],
            "token_type_ids": [e.type_ids for e in encodings],
        }
        feed = {name: np.array(columns[name], np.int64) for name in self._inputs}
        vectors: Vectors = self._session.run(None, feed)[0]
        return vectors


def _session(model: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
