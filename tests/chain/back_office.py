"""A back office that pushes, and a citizen who posts, to the running assistant."""

import hashlib
import hmac
import json
import time
from typing import Any

import httpx

from bench.assistant import Assistant
from tests.conftest import PUSH_SECRET

DIBAO = {
    "service": "dibao",
    "stage": "checking",
    "stage_on": "2026-11-10",
    "received_on": "2026-11-02",
    "accepted_on": "2026-11-03",
    "office": "灯笼镇政府",
}


def push(assistant: Assistant, *rows: dict[str, Any]) -> httpx.Response:
    body, moment = json.dumps(rows).encode(), str(int(time.time()))
    signed = f"{moment}.".encode() + body
    headers = {
        "X-Timestamp": moment,
        "X-Signature": hmac.new(PUSH_SECRET.encode(), signed, hashlib.sha256).hexdigest(),
        "Content-Type": "application/json",
    }
    return httpx.post(f"{assistant.url}/api/applications", content=body, headers=headers)


def post(assistant: Assistant, path: str, **body: Any) -> httpx.Response:
    return httpx.post(f"{assistant.url}{path}", json=body, timeout=30)
