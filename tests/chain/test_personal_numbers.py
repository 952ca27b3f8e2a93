"""Whatever numbers a citizen types, none lies in a file of the running assistant, or leaves it."""

import json
from pathlib import Path

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.assistant import Assistant
from knowledge.text import clean
from office.privacy import find
from tests.chain.back_office import DIBAO, post, push
from tests.property.test_privacy import disguised, written

ID, PHONE, CARD = "110105199003078211", "13912345678", "6217001234567893"
NAME = "欧阳测试人"
NUMBER = "2026110901"
ROW = {**DIBAO, "number": NUMBER, "applicants": [{"name": NAME, "id_number": ID, "phone": PHONE}]}
TYPED = [
    f"我的身份证是{ID}，查一下{NUMBER}",
    "身份证一一零一零五一九九零零三零七八二一一，手机幺三九一二三四五六七八",
    f"卡号 {CARD}，低保打到哪张卡",
    "身份证1IOIO519900307821l",
    "户口簿编号 110203456，护照 E12345678",
    "身份证" + "\u200b".join(ID),
]
SHORT = 6
"""A value of fewer characters may stand in a file by chance."""


def lying(folder: Path, *values: str) -> dict[str, set[str]]:
    """Which of the values stand in which file, the database's journals and the logs included."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    found = {path.name: {v for v in values if v.encode() in path.read_bytes()} for path in files}
    assert {"assistant.db", "tracker.db", "rasa.log", "actions.log", "api.log"} <= set(found)
    return {name: values for name, values in found.items() if values}


def pages(assistant: Assistant) -> str:
    paths = ("/metrics", "/openapi.json", "/", "/health/ready", "/api/nowhere")
    return "".join(httpx.get(assistant.url + path).text for path in paths)


def test_a_look_up_from_first_message_to_answer_leaves_no_number_and_no_name(
    assistant: Assistant,
) -> None:
    assert push(assistant, ROW).json()["new"] == 1
    said = [assistant.say(text, f"types-{n}") for n, text in enumerate(TYPED)]
    said += [assistant.say(text, "asks") for text in (f"查{NUMBER}", "0000", ID, "有进展请通知我")]
    assert [said[0]["outcome"], said[-2]["outcome"]] == ["status", "status"]
    assert not any(one["degraded"] for one in said)
    rest = [
        post(assistant, "/api/status", sender="rest", number=NUMBER, proof=ID),
        post(assistant, "/api/status", sender="rest", number=ID, proof=PHONE),
        post(assistant, "/api/status", sender="rest", number=NUMBER, proof=[ID]),
        post(assistant, "/api/status/code", sender="rest", number=NUMBER),
        push(assistant, {**ROW, "stage": "published", "stage_on": "2026-11-20"}),
        push(assistant, {**ROW, "applicants": [{"name": NAME, "id_number": ID[:-1] + "2"}]}),
        push(assistant, {**ROW, "stage_on": ID}),
        post(assistant, "/api/notices", sender="asks"),
    ]
    assert rest[-1].json()
    answered = "".join(one.text for one in rest) + json.dumps(said, ensure_ascii=False)
    everywhere = [ID, PHONE, CARD, NAME, ID[6:14], ID[-6:], "E12345678", "110203456"]
    for value in everywhere:
        assert value not in answered + pages(assistant)
    assert lying(assistant.var, *everywhere) == {}


def test_the_scan_would_see_them(assistant: Assistant) -> None:
    planted = assistant.var / "planted.txt"
    planted.write_text(f"{NAME} {ID}", "utf-8")
    assert lying(assistant.var, ID, NAME, CARD) == {"planted.txt": {ID, NAME}}
    planted.unlink()


def test_any_number_in_any_disguise_is_gone_after_the_turn(assistant: Assistant) -> None:
    values: set[str] = set()

    @given(st.lists(st.one_of(written(), disguised()), min_size=1, max_size=3))
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def say(numbers: list[str]) -> None:
        text = "我想问低保，" + "，还有，".join(numbers)
        said = assistant.say(text)
        values.update(one.value for one in find(clean(text)) if len(one.value) > SHORT)
        values.update(number for number in numbers if any(c.isdigit() for c in number))
        assert not any(value in json.dumps(said, ensure_ascii=False) for value in values)

    say()
    assert len(values) > 20
    assert lying(assistant.var, *values) == {}
