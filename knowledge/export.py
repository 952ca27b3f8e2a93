"""Build time only: any sentence-transformers model, exported once to ONNX.

The export holds the whole model (transformer, pooling, normalisation), so what
serves at run time needs no torch. Before an export is kept, its vectors are
compared with those of sentence-transformers itself.
"""

import json
import shutil
import warnings
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from knowledge.encoder import META, MODEL, TOKENIZER, OnnxEncoder
from knowledge.models import Model

_MAX_TOKENS = 256
_LEAST_COSINE = 0.9999
_SAMPLES = [
    "结婚登记要带什么",
    "老人八十岁有没有补贴",
    "How do I apply for low-income support?",
    "低保",
]


class ExportError(RuntimeError):
    """The export does not give the same vectors as the model."""


def export(model: Model, folder: Path) -> None:
    """Export `model` into `folder`, replacing what is there."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    transformers_logging.disable_progress_bar()
    loaded = SentenceTransformer(model.source, device="cpu")
    _write(loaded, fresh, model.fingerprint)
    _compare(loaded, OnnxEncoder(fresh))
    shutil.rmtree(folder, ignore_errors=True)
    fresh.replace(folder)


class _WholeModel(torch.nn.Module):
    """The model as one function of its token tensors: what ONNX can hold."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        tokens = {
            "input_ids": input_ids,
            "attention_mask": attention_mask,
            "token_type_ids": token_type_ids,
        }
        return torch.nn.functional.normalize(self.model(tokens)["sentence_embedding"], dim=-1)


def _write(model: SentenceTransformer, folder: Path, fingerprint: str) -> None:
    example = model.tokenizer(_SAMPLES[:2], padding=True, return_tensors="pt")
    names = ["input_ids", "attention_mask", "token_type_ids"]
    inputs = tuple(example.get(name, torch.zeros_like(example["input_ids"])) for name in names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _WholeModel(model).eval(),
            inputs,
            str(folder / MODEL),
            input_names=names,
            output_names=["embedding"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names},
            dynamo=False,
        )
    model.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    limit = min(model.max_seq_length or _MAX_TOKENS, _MAX_TOKENS)
    meta = {
        "fingerprint": fingerprint,
        "dimensions": model.get_embedding_dimension(),
        "max_tokens": limit,
    }
    (folder / META).write_text(json.dumps(meta, indent=1), "utf-8")


def _compare(model: SentenceTransformer, exported: OnnxEncoder) -> None:
    expected = model.encode(_SAMPLES, normalize_embeddings=True)
    cosines = np.sum(expected * exported.encode(_SAMPLES), axis=1)
    if cosines.min() < _LEAST_COSINE:
        raise ExportError(
            f"the exported encoder differs from the model: cosine {cosines.min():.6f}"
        )
