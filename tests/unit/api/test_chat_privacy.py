"""Numbers that identify a person go nowhere: not to Rasa, not to the disk, not into a log."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

import wiring
from office.store.conversations import sender_key
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import Backstage, Stage, said, says

NUMBER, PHONE, CARD = "110105199003078219", "13912345678", "6217001234567890"
TYPED = [
    f"我的身份证号是{NUMBER}，灯笼",
    "我的身份证号是110105 19900307 8219，灯笼",
    "我的身份证号是110105-19900307-8219，灯笼",
    "我的身份证号是１１０１０５１９９００３０７８２１９，灯笼",
    "我的身份证号是" + "\u200b".join(NUMBER) + "，灯笼",
    f"电话{PHONE}，灯笼",
    "电话 139-1234-5678，灯笼",
    f"卡号 {CARD} 灯笼",
    "卡号6217 0012 3456 7890灯笼",
]
BITS = [b"19900307", b"12345678", b"62170012", b"34567890", b"1234-5678", b"0012 3456"]
"""What is left of the numbers above when they are stored as typed."""


def kept_bytes(stage: Stage) -> bytes:
    """Everything that lies in the app's folder, the write-ahead log of the database included."""
    return b"".join(file.read_bytes() for file in stage.folder.rglob("*") if file.is_file())


def written(content: bytes) -> list[bytes]:
    return [bit for bit in BITS if bit in content]


def test_the_bits_looked_for_would_be_seen(stage: Stage) -> None:
    for number, text in enumerate(TYPED):
        narrow = text.translate(str.maketrans("０１２３４５６７８９", "0123456789", "\u200b"))
        (stage.folder / f"{number}.txt").write_text(narrow, "utf-8")
        assert written(narrow.encode())
    assert written(kept_bytes(stage)) == BITS


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("outcome", ["answered", "unsure", "nothing_found"])
def test_no_number_reaches_rasa_the_disk_or_the_log(
    ask: Ask, stage: Stage, capfd: Any, caplog: Any, text: str, outcome: str
) -> None:
    caplog.set_level(0)
    stage.rasa.respond = says(said(outcome=outcome))
    reply = ask(text)
    out, err = capfd.readouterr()
    everywhere = [str(reply), str(stage.rasa.asked), out, err, caplog.text]
    assert not any(written(place.encode()) for place in everywhere)
    assert "灯笼" in stage.rasa.texts[0]
    assert written(kept_bytes(stage)) == []


@pytest.mark.parametrize("text", TYPED)
def test_no_number_is_kept_or_logged_when_all_is_down(
    ask: Ask, stage: Stage, capfd: Any, caplog: Any, text: str
) -> None:
    caplog.set_level(0)
    stage.rasa.respond = says()
    stage.break_knowledge()
    assert ask(text)["outcome"] == "unavailable"
    out, err = capfd.readouterr()
    assert "knowledge_down" in out + err
    assert not written((out + err + caplog.text).encode())
    assert written(kept_bytes(stage)) == []


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("table", ["turns", "conversations"])
def test_no_number_is_logged_or_returned_when_the_database_breaks(
    client: TestClient, stage: Stage, capfd: Any, caplog: Any, text: str, table: str
) -> None:
    caplog.set_level(0)
    drop(stage.folder, table)
    answer = client.post("/api/chat", json={"sender": "citizen", "text": text})
    out, err = capfd.readouterr()
    assert answer.status_code == 500
    assert "OperationalError" in out + err
    assert not written((answer.text + out + err + caplog.text).encode())


@pytest.mark.parametrize("text", TYPED)
def test_no_number_is_logged_or_returned_by_a_lookup(
    client: TestClient, stage: Stage, capfd: Any, text: str
) -> None:
    well = client.get("/api/answers", params={"q": text})
    stage.lose_index()
    broken = client.get("/api/answers", params={"q": text})
    out, err = capfd.readouterr()
    assert (well.status_code, broken.status_code) == (200, 500)
    assert "FileNotFoundError" in out + err
    assert not written((well.text + broken.text + out + err).encode())


@pytest.mark.parametrize(
    "body",
    [
        {"sender": "c", "text": NUMBER * 60},
        {"sender": "c", "text": [NUMBER]},
        {"sender": f"c {NUMBER}", "text": "x"},
        {"sender": "c", "text": "x", "language": NUMBER},
        {"sender": "c", "text": "x", "message_id": f"身份证 {NUMBER}"},
        {NUMBER: NUMBER},
        [NUMBER],
        NUMBER,
    ],
)
def test_no_error_repeats_what_was_sent(client: TestClient, capfd: Any, body: Any) -> None:
    answer = client.post("/api/chat", json=body)
    assert 400 <= answer.status_code < 500
    out, err = capfd.readouterr()
    assert NUMBER not in answer.text + out + err


def test_broken_json_is_not_repeated_either(client: TestClient) -> None:
    json = {"content-type": "application/json"}
    answer = client.post("/api/chat", content=f'{{"text": "{NUMBER}', headers=json)
    assert (answer.status_code, NUMBER in answer.text) == (400, False)


def test_the_sender_reaches_rasa_and_the_disk_as_a_hash(
    ask: Ask, stage: Stage, rasa: Backstage
) -> None:
    ask("你好", sender="openid-of-somebody", message_id="m1")
    assert rasa.asked[0]["sender"] == sender_key("openid-of-somebody")
    assert b"openid-of-somebody" not in kept_bytes(stage)


def test_the_staff_see_which_kind_of_number_was_there(ask: Ask, rasa: Backstage) -> None:
    rasa.respond = says(said(outcome="unsure"))
    ask(f"灯笼许可怎么办，我的电话{PHONE}")
    assert wiring.conversations().gaps()[0].question == "灯笼许可怎么办,我的电话〔电话号码〕"


def drop(folder: Path, table: str) -> None:
    engine = create_engine(f"sqlite:///{folder / 'office.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TABLE {table}")
    engine.dispose()
