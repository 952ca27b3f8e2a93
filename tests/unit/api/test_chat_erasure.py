"""“删除我的信息” is heard by the API itself, asked back, done, and leaves nothing."""

import sqlite3
from typing import Any

import httpx
import pytest

import wiring
from office.store.conversations import sender_key
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import Backstage, Stage, fails, says

PHONE = "13912345678"
OF_A_CITIZEN = {"conversations": "sender", "turns": "sender", "vault": "citizen"}


def rows(stage: Stage, sender: str) -> dict[str, int]:
    """How many rows each table has of this sender."""
    with sqlite3.connect(stage.folder / "office.db") as database:
        return {
            table: database.execute(
                f"SELECT count(*) FROM {table} WHERE {column} = ?",  # noqa: S608
                (sender_key(sender),),
            ).fetchone()[0]
            for table, column in OF_A_CITIZEN.items()
        }


def last_of_audit() -> Any:
    return wiring.audit().entries()[-1]


def test_it_is_asked_back_then_done_with_a_receipt(ask: Ask, stage: Stage) -> None:
    ask(f"灯笼，我的电话{PHONE}")
    assert all(rows(stage, "citizen").values())
    assert ask("删除我的信息")["outcome"] == "erasure"
    reply = ask("确认删除")
    assert reply["outcome"] == "erased"
    assert not any(rows(stage, "citizen").values())
    assert last_of_audit().purpose == "erasure"
    assert last_of_audit().subject in reply["replies"][0]["text"]
    assert sender_key("citizen") not in str(last_of_audit())


def test_nobody_else_s_conversation_goes_with_it(ask: Ask, stage: Stage) -> None:
    for sender in ("citizen", "another"):
        ask(f"灯笼，我的电话{PHONE}", sender=sender)
    ask("删除我的信息")
    ask("确认删除")
    assert all(rows(stage, "another").values())


@pytest.mark.parametrize("said", ["先不删", "Not now"])
def test_it_can_be_declined(ask: Ask, stage: Stage, said: str) -> None:
    ask("删除我的信息")
    assert ask(said)["outcome"] == "kept"
    assert rows(stage, "citizen")["turns"]


def test_a_yes_to_something_else_deletes_nothing(ask: Ask, stage: Stage, rasa: Backstage) -> None:
    ask("灯笼")
    ask("确认删除")
    assert rasa.texts[-1] == "确认删除"
    ask("删除我的信息")
    ask("灯笼许可怎么办")
    ask("确认删除")
    assert rows(stage, "citizen")["turns"] == 5


def test_it_works_without_rasa(ask: Ask, stage: Stage) -> None:
    stage.rasa.respond = fails(httpx.ConnectError)
    ask("删除我的信息")
    assert ask("确认删除")["outcome"] == "erased"
    assert not any(rows(stage, "citizen").values())


def test_questions_about_registers_go_to_rasa(ask: Ask, rasa: Backstage) -> None:
    rasa.respond = says()
    ask("离婚记录可以删除吗")
    assert rasa.texts == ["离婚记录可以删除吗"]
