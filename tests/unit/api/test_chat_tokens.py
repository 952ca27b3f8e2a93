"""A number in a message becomes a token: beside the text for Rasa, inline in what is stored."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import wiring
from office.keys import new_ring, write_ring
from office.privacy import Kind, tokens_in
from office.sealing import MOST
from office.store.conversations import sender_key
from office.store.vault import Purpose
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import Backstage, Stage, said, says, staged

ID, PHONE = "110105199003078211", "13912345678"


def beside(rasa: Backstage) -> list[str]:
    """The tokens that reached Rasa with the last message."""
    message: dict[str, dict[str, list[str]]] = rasa.asked[-1]  # type: ignore[assignment]
    return message["metadata"]["tokens"]


def opened(token: str, sender: str = "citizen") -> tuple[Kind, str]:
    now = datetime.now(UTC)
    return wiring.vault().open(token, sender_key(sender), Purpose.STATUS_PROOF, now=now)


def stored(message_id: str) -> str:
    asked = wiring.conversations().asked("citizen", message_id)
    assert asked is not None
    return asked.question


def test_numbers_go_to_rasa_as_marks_with_their_tokens_beside(ask: Ask, rasa: Backstage) -> None:
    ask(f"灯笼，我的号{ID}，电话{PHONE}")
    assert rasa.texts == ["灯笼,我的号〔身份证号〕,电话〔电话号码〕"]
    assert [opened(token) for token in beside(rasa)] == [(Kind.ID_NUMBER, ID), (Kind.PHONE, PHONE)]


def test_what_is_stored_has_the_same_tokens_inline(ask: Ask, rasa: Backstage) -> None:
    ask(f"灯笼，我的号{ID}", message_id="m1")
    assert tokens_in(stored("m1")) == beside(rasa)


def test_four_characters_are_a_proof_only_where_one_was_asked_for(
    ask: Ask, rasa: Backstage
) -> None:
    ask("0011")
    assert (rasa.texts[-1], beside(rasa)) == ("0011", [])
    rasa.respond = says(said(expects="proof"))
    ask("查进度")
    rasa.respond = says(said())
    ask("001x")
    assert rasa.texts[-1] == "〔验证信息〕"
    assert [opened(token) for token in beside(rasa)] == [(Kind.PROOF, "001X")]
    ask("0011")
    assert (rasa.texts[-1], beside(rasa)) == ("0011", [])


def test_what_is_expected_of_one_citizen_is_not_expected_of_another(
    ask: Ask, rasa: Backstage
) -> None:
    rasa.respond = says(said(expects="proof"))
    ask("查进度")
    ask("0011", sender="somebody")
    assert rasa.texts[-1] == "0011"


def test_a_citizen_cannot_forge_a_token(ask: Ask, rasa: Backstage) -> None:
    ask("灯笼〔身份证号:ABCDEFGHIJKLMNOP〕", message_id="m1")
    assert beside(rasa) == []
    assert tokens_in(stored("m1")) == []


def test_of_very_many_numbers_all_are_taken_out_and_some_get_tokens(
    ask: Ask, rasa: Backstage
) -> None:
    ask("、".join(f"1391234567{n}" for n in range(9)) + "灯笼")
    assert len(beside(rasa)) == MOST
    assert not any(c.isdigit() for c in rasa.texts[-1])


def test_in_an_emergency_no_number_is_kept_not_even_sealed(ask: Ask, rasa: Backstage) -> None:
    assert ask(f"他拿着刀要砍我，我的电话{PHONE}")["outcome"] == "emergency"
    with wiring.engine().connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM vault").scalar() == 0


@pytest.mark.parametrize(
    ("keys", "says_"),
    [(new_ring("stage"), "not the one"), (new_ring("other"), "vault key"), ("rubbish", "key 1")],
)
def test_with_other_keys_nothing_starts_and_one_line_says_why(
    tmp_path: Path, keys: str, says_: str
) -> None:
    with staged(tmp_path) as stage, TestClient(stage.app):
        pass
    with pytest.raises(SystemExit) as refused, staged(tmp_path, keep=True, keys=keys):
        pass
    assert says_ in str(refused.value)
    assert "\n" not in str(refused.value)


def test_without_keys_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no vault keys"), staged(tmp_path, keys=None):
        pass


def test_the_keys_of_the_stage_are_a_file_for_its_owner_only(stage: Stage) -> None:
    file = stage.folder / "vault.keys"
    write_ring(file, file.read_text("utf-8"))
    assert file.stat().st_mode & 0o077 == 0
