"""Runs under Rasa's own Python: utterances on standard input, one JSON answer a line.

`.venv-rasa/bin/python bench/rasa_parse.py MODEL.tar.gz < texts`; each line out is
`{"intent", "confidence", "ms"}`.
"""

import asyncio
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")

from rasa.core.agent import Agent  # noqa: E402


async def main() -> None:
    agent = Agent.load(sys.argv[1])
    texts = [json.loads(line) for line in sys.stdin]
    await agent.parse_message(texts[0])
    for text in texts:
        began = time.perf_counter()
        parsed = await agent.parse_message(text)
        answer = {
            "intent": parsed["intent"]["name"],
            "confidence": parsed["intent"]["confidence"],
            "ms": (time.perf_counter() - began) * 1000,
        }
        print(json.dumps(answer), flush=True)


asyncio.run(main())
