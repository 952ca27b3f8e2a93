"""The sentence vector of the exported encoder as a dense feature for the intent model.

The very file that searches knowledge (see `knowledge/export.py`), read here with
ONNX Runtime under Rasa's own Python, so both have the same sense of meaning.
"""

import json
import os
import re
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

import numpy as np
import onnxruntime
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer as RasaTokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tokenizers import Tokenizer

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def _folder(config: Dict[Text, Any]) -> Path:
    """Where `python -m knowledge build` put the export: below VAR, as for all our processes."""
    return Path(os.environ.get("VAR", "var")) / "encoder" / config["collection"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """One vector a message; zeros where the message is not in the encoder's script."""

    @classmethod
    def required_components(cls) -> List[type]:
        return [RasaTokenizer]

    @staticmethod
    def required_packages() -> List[Text]:
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`collection` names the export (zh, en); `script` is `chinese` or `other`; `scale`
        weighs the vector against the character counts beside it."""
        return {
            **DenseFeaturizer.get_default_config(),
            "collection": "zh",
            "script": "chinese",
            "scale": 1.0,
        }

    def __init__(self, config: Dict[Text, Any], name: Text) -> None:
        super().__init__(name, config)
        folder = _folder(config)
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        self._dimensions: int = meta["dimensions"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(meta["max_tokens"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = [node.name for node in self._session.get_inputs()]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        return cls(config, execution_context.node_name)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Another encoder means other features: train again."""
        return (_folder({**cls.get_default_config(), **config}) / "meta.json").read_text("utf-8")

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Nothing to validate: a wrong folder fails with its own path."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._add(message, self.vector(text))
        return messages

    def vector(self, text: Text) -> np.ndarray:
        """Shape (1, dimensions), float32."""
        if bool(_CHINESE.search(text)) != (self._config["script"] == "chinese"):
            return np.zeros((1, self._dimensions), np.float32)
        encoding = self._tokenizer.encode(text.lower())
        columns = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {name: np.array([columns[name]], np.int64) for name in self._inputs}
        vector: np.ndarray = self._session.run(None, feed)[0] * self._config["scale"]
        return vector

    def _add(self, message: Message, vector: np.ndarray) -> None:
        alias = self._config[FEATURIZER_CLASS_ALIAS]
        tokens = len(message.get("text_tokens") or [1])
        sequence = np.repeat(vector, tokens, axis=0)
        message.add_features(Features(sequence, FEATURE_TYPE_SEQUENCE, TEXT, alias))
        message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, alias))
