"""What a citizen answers in a check is there while it runs, and on no disk after its result."""

import pytest

from bench.assistant import Assistant

START = "帮我测一下我家够不够低保条件"
INCOME, WRONG, LINE = "7654.31", "6543.27", "5432.19"
"""Odd enough to be nothing else: no time, no probability, no amount of an article."""
BEFORE = [WRONG, "3", "0", INCOME, LINE]
"""A head count that is none and one that is, students, income, the dibao line."""


def typed(assistant: Assistant, *numbers: str) -> dict[str, set[str]]:
    """Which of the numbers stand in which file below the assistant's folder."""
    files = [path for path in assistant.var.rglob("*") if path.is_file() and not path.is_symlink()]
    found = {
        path.name: {number for number in numbers if number.encode() in path.read_bytes()}
        for path in files
    }
    assert {"tracker.db", "assistant.db", "rasa.log", "actions.log", "api.log"} <= set(found)
    return {name: stand for name, stand in found.items() if stand}


def answer(assistant: Assistant, sender: str, *texts: str) -> str:
    """Say one after the other; the outcome of the last."""
    said = [assistant.say(text, sender) for text in texts]
    assert not any(one["degraded"] for one in said)
    return str(said[-1]["outcome"])


@pytest.mark.parametrize(
    "interruption",
    [(), ("算了", "离婚冷静期多少天", "继续测"), ("结婚登记要多少钱",)],
    ids=["in one go", "left and resumed", "interrupted"],
)
def test_a_finished_check_leaves_no_answer_on_the_disk(
    assistant: Assistant, interruption: tuple[str, ...]
) -> None:
    sender = f"forgets-{len(interruption)}"
    assert answer(assistant, sender, START, *BEFORE, *interruption) in ("asking", "answered")
    assert typed(assistant, INCOME, WRONG, LINE) == {"tracker.db": {INCOME, WRONG, LINE}}
    assert answer(assistant, sender, "是") == "eligibility"
    assert typed(assistant, INCOME, WRONG, LINE) == {}


def test_two_checks_of_one_citizen_are_both_forgotten(assistant: Assistant) -> None:
    for income in ("1357.91", "2468.13"):
        asked = answer(assistant, "forgets-twice", START, "3", "0", income, LINE)
        assert (asked, answer(assistant, "forgets-twice", "是")) == ("asking", "eligibility")
    assert typed(assistant, "1357.91", "2468.13", LINE) == {}


def test_the_result_of_one_citizen_forgets_nobody_else_s_answers(assistant: Assistant) -> None:
    answer(assistant, "goes-on", START, "3", "0", "8765.43")
    assert answer(assistant, "ends", START, "3", "0", INCOME, LINE, "是") == "eligibility"
    assert typed(assistant, "8765.43", INCOME) == {"tracker.db": {"8765.43"}}
    assert answer(assistant, "goes-on", LINE, "是") == "eligibility"
    assert typed(assistant, "8765.43") == {}


def test_what_was_said_outside_a_check_stays_in_the_tracker(assistant: Assistant) -> None:
    answer(assistant, "remembers", "结婚登记要交 9876.51 元吗", START)
    assert answer(assistant, "remembers", "3", "0", INCOME, LINE, "是") == "eligibility"
    assert "tracker.db" in typed(assistant, "9876.51")
