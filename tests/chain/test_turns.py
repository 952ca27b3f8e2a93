"""Citizens' questions through page API, Rasa, action server and knowledge, all of them real."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from bench.assistant import Assistant

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.yml"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_golden_conversation_goes_as_written(assistant: Assistant, path: Path) -> None:
    sender = f"golden-{path.stem}"
    for number, turn in enumerate(yaml.safe_load(path.read_text("utf-8")), start=1):
        said = assistant.say(turn["say"], sender, **turn.get("with", {}))
        shown = json.dumps(said, ensure_ascii=False, indent=1)
        assert not said["degraded"], f"turn {number} came without Rasa: {shown}"
        for problem in problems(turn, said):
            pytest.fail(f"turn {number} “{turn['say']}”: {problem}\n{shown}")


def problems(turn: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """What `said` misses of what the transcript promises."""
    text = "\n".join(reply["text"] for reply in said["replies"])
    articles = [reply["article"] for reply in said["replies"]]
    missing = [word for word in turn.get("has", []) if word not in text]
    wrong = [word for word in turn.get("lacks", []) if word in text]
    return [
        *([f"outcome {said['outcome']}"] if said["outcome"] != turn["outcome"] else []),
        *([f"articles {articles}"] if turn.get("article", articles[-1]) not in articles else []),
        *(f"lacks “{word}”" for word in missing),
        *(f"says “{word}”" for word in wrong),
        *(["no sources"] if turn.get("article") and not said["sources"] else []),
    ]


def test_every_policy_answer_carries_law_article_date_and_region(assistant: Assistant) -> None:
    said = assistant.say("领结婚证要不要带户口本")
    for source in said["sources"]:
        assert source["law"]
        assert source["region"]
        assert source["reviewed_on"]
        assert source["verified"] is False or (source["article"] and source["in_force"])


def test_a_repeated_message_gets_the_first_reply_again(assistant: Assistant) -> None:
    first = assistant.say("离婚冷静期多少天", "repeats", message_id="m-1")
    again = assistant.say("低保怎么申请", "repeats", message_id="m-1")
    assert again == first


def test_forty_citizens_at_once_each_get_their_own_answer(assistant: Assistant) -> None:
    asked = [("结婚登记收费吗", "marriage/fees"), ("老年证怎么办", "elderly/senior-card")] * 20
    with ThreadPoolExecutor(20) as pool:
        said = list(pool.map(lambda pair: assistant.say(pair[0]), asked))
    assert [one["replies"][-1]["article"] for one in said] == [article for _, article in asked]


def test_what_the_staff_looks_up_shows_the_rejected_hits_too(assistant: Assistant) -> None:
    answer = httpx.get(f"{assistant.url}/api/answers", params={"q": "补办离婚证要对方去吗"})
    found = answer.json()
    assert found["article"] == "divorce/reissue-divorce-certificate"
    assert found["probability"] > 0.5
    assert len(found["hits"]) == 5


def test_ready_names_each_component(assistant: Assistant) -> None:
    state = httpx.get(f"{assistant.url}/health/ready").json()
    assert state["status"] == "ready"
    assert state["components"]["rasa"]["version"].startswith("3.6")
    assert state["components"]["knowledge"]["fingerprint"]
    assert all(component["ok"] for component in state["components"].values())


def test_metrics_count_turns_by_outcome(assistant: Assistant) -> None:
    assistant.say("结婚登记收费吗")
    metrics = httpx.get(f"{assistant.url}/metrics").text
    assert 'turns_total{degraded="false",outcome="answered"}' in metrics


def test_identity_numbers_reach_no_file_and_no_log(assistant: Assistant) -> None:
    numbers = ["11010119900307751X", "13812345678", "6222021234567890123"]
    said = assistant.say(
        f"我的身份证{numbers[0]}，手机 138-1234-5678，卡号{numbers[2]}，低保怎么申请"
    )
    assert said["replies"]
    files = [path for path in assistant.var.rglob("*") if path.is_file() and not path.is_symlink()]
    assert any(path.suffix == ".db" for path in files)
    for path in files:
        content = path.read_bytes()
        for number in (*numbers, "138-1234-5678"):
            assert number.encode() not in content, f"{number} stands in {path.name}"


def test_everything_listens_on_loopback_only(assistant: Assistant) -> None:
    rows = Path("/proc/net/tcp").read_text().splitlines()[1:]
    listening = [row.split()[1] for row in rows if row.split()[3] == "0A"]
    for name, port in assistant.ports.items():
        addresses = {at.split(":")[0] for at in listening if int(at.split(":")[1], 16) == port}
        assert addresses == {"0100007F"}, f"{name} listens on {addresses}"
