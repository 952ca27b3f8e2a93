"""What the office keeps, it keeps once, whole and for good, on both databases."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from office.errors import TurnUnknown
from office.schema import conversations, feedback, gaps, turns
from office.store.conversations import Asked, Conversation, Conversations, Gap, sender_key
from office.store.engine import open_engine

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FIRST, SECOND = {"text": "第一次的回答"}, {"text": "另一个回答"}
AT_DIBAO = Conversation("zh-Hans", "dibao/how-to-apply", "灯笼县")
ASKED = Asked("灯笼怎么挂", "web")
UNSURE = Gap("灯笼怎么挂", "unsure", [], "web")
UNHELPED = Gap("灯笼怎么挂", "unhelpful", [], "web")


@pytest.fixture
def store(url: str) -> Iterator[Conversations]:
    opened = Conversations(open_engine(url))
    yield opened
    opened._engine.dispose()


def rows(store: Conversations, table: Any) -> list[Any]:
    with store._engine.connect() as connection:
        return list(connection.execute(select(table)).mappings())


def keep(
    store: Conversations, message_id: str = "m1", reply: Any = FIRST, sender: str = "王"
) -> None:
    store.keep_turn(sender, message_id, reply, AT_DIBAO, ASKED, now=NOW)


def test_it_names_its_database(store: Conversations, url: str) -> None:
    assert store.ping() == make_url(url).get_backend_name()


def test_a_database_that_does_not_answer_is_an_error_not_a_name() -> None:
    with pytest.raises(Exception, match="unable to open"):
        Conversations(open_engine("sqlite:////nowhere/at/all/office.db")).ping()


def test_a_message_never_seen_has_no_reply(store: Conversations) -> None:
    assert store.reply_to("王", "m1") is None


def test_a_turn_is_found_again_as_it_was_kept(store: Conversations) -> None:
    reply = {"text": "第一条\n“好”", "replies": [{"buttons": []}], "degraded": False, "n": 1.5}
    keep(store, reply=reply)
    assert store.reply_to("王", "m1") == reply


def test_a_turn_kept_twice_stays_the_first(store: Conversations) -> None:
    keep(store)
    keep(store, reply=SECOND)
    assert store.reply_to("王", "m1") == FIRST
    assert len(rows(store, turns)) == 1


def test_the_same_message_id_of_another_sender_is_another_turn(store: Conversations) -> None:
    keep(store)
    keep(store, reply=SECOND, sender="李")
    assert store.reply_to("王", "m1") == FIRST
    assert store.reply_to("李", "m1") == SECOND


def test_a_new_conversation_is_nowhere_yet(store: Conversations) -> None:
    assert store.conversation("王") == Conversation(None, None)


def test_a_conversation_stands_where_its_last_turn_left_it(store: Conversations) -> None:
    keep(store)
    there = Conversation("en", "marriage/fees")
    store.keep_turn("王", "m2", SECOND, there, now=NOW + timedelta(minutes=1))
    assert store.conversation("王") == there
    assert store.conversation("李") == Conversation()
    assert len(rows(store, conversations)) == 1


def test_a_turn_moves_the_conversation_of_its_own_sender_only(store: Conversations) -> None:
    keep(store, sender="李")
    for message_id in ("m1", "m2"):
        store.keep_turn("王", message_id, FIRST, Conversation("en", None), now=NOW)
    assert store.conversation("李") == AT_DIBAO
    assert store.conversation("王") == Conversation("en", None)


def test_a_turn_that_cannot_be_kept_whole_is_not_kept_at_all(store: Conversations) -> None:
    unstorable: Any = Conversation("zh-Hans", {"not": "text"})  # type: ignore[arg-type]
    with pytest.raises(Exception, match="dict"):
        store.keep_turn("王", "m1", FIRST, unstorable, now=NOW)
    assert store.reply_to("王", "m1") is None
    assert store.conversation("王") == Conversation()


def test_a_sender_is_kept_as_a_hash_only(store: Conversations) -> None:
    keep(store, sender="openid-of-somebody")
    assert [row["sender"] for row in rows(store, turns)] == [sender_key("openid-of-somebody")]
    assert [row["sender"] for row in rows(store, conversations)] == [
        sender_key("openid-of-somebody")
    ]
    assert "somebody" not in sender_key("openid-of-somebody")


def test_feedback_is_kept_with_its_turn_and_the_last_word_counts(store: Conversations) -> None:
    keep(store)
    for helpful in (True, True, False):
        store.judge("王", "m1", helpful=helpful, now=NOW)
    (turn,) = rows(store, turns)
    (judged,) = rows(store, feedback)
    assert (judged["turn"], judged["helpful"]) == (turn["id"], False)


def test_feedback_without_a_message_means_the_latest_turn(store: Conversations) -> None:
    for message_id in ("m1", "m2"):
        keep(store, message_id)
    keep(store, "m3", sender="李")
    store.judge("王", None, helpful=False, now=NOW)
    (judged,) = rows(store, feedback)
    latest = next(row for row in rows(store, turns) if row["message_id"] == "m2")
    assert judged["turn"] == latest["id"]


@pytest.mark.parametrize(
    ("sender", "message_id"), [("王", "m9"), ("李", "m1"), ("李", None), ("", "m1")]
)
def test_feedback_for_a_turn_that_never_was_is_refused(
    store: Conversations, sender: str, message_id: str | None
) -> None:
    keep(store)
    with pytest.raises(TurnUnknown):
        store.judge(sender, message_id, helpful=True, now=NOW)
    assert rows(store, feedback) == []


def test_gaps_come_newest_first_as_they_were_noted_with_their_day(store: Conversations) -> None:
    noted = [
        Gap("〔身份证号〕能查吗", "nothing_found", [], "web"),
        Gap("灯笼怎么挂", "unsure", [{"article": "a/b", "probability": 0.2}], "web"),
    ]
    for number, gap in enumerate(noted):
        keep(store, f"m{number}")
        store.note_gap("王", f"m{number}", gap, now=NOW)
    assert store.gaps() == [replace(gap, day=NOW.date()) for gap in noted[::-1]]


def test_a_turn_has_one_gap_however_often_it_is_noted(store: Conversations) -> None:
    keep(store)
    for _ in range(2):
        store.note_gap("王", "m1", UNSURE, now=NOW)
    assert len(rows(store, gaps)) == 1


def test_the_same_question_of_two_turns_is_two_gaps(store: Conversations) -> None:
    for message in ("m1", "m2"):
        keep(store, message)
        store.note_gap("王", message, UNSURE, now=NOW)
    assert len(rows(store, gaps)) == 2


def test_a_turn_that_did_not_help_leaves_a_gap_until_it_helped_after_all(
    store: Conversations,
) -> None:
    keep(store)
    for _ in range(2):
        store.judge("王", "m1", helpful=False, now=NOW, gap=UNHELPED)
    assert [gap.outcome for gap in store.gaps()] == ["unhelpful"]
    store.judge("王", "m1", helpful=True, now=NOW)
    assert store.gaps() == []


def test_a_question_nothing_was_found_for_stays_a_gap_though_the_reply_helped(
    store: Conversations,
) -> None:
    keep(store)
    store.note_gap("王", "m1", UNSURE, now=NOW)
    store.judge("王", "m1", helpful=True, now=NOW)
    assert [gap.outcome for gap in store.gaps()] == ["unsure"]


def test_a_gap_outlives_its_turn(store: Conversations) -> None:
    keep(store)
    store.note_gap("王", "m1", UNSURE, now=NOW)
    with store._engine.begin() as connection:
        connection.execute(turns.delete())
    assert [row["turn"] for row in rows(store, gaps)] == [None]


def test_what_a_turn_asked_is_known_again_where_it_was_kept(store: Conversations) -> None:
    keep(store)
    store.keep_turn("王", "m2", FIRST, AT_DIBAO, now=NOW)
    assert store.asked("王", "m1") == ASKED
    assert store.asked("王", "m2") is None
    with pytest.raises(TurnUnknown):
        store.asked("李", "m1")


def test_the_latest_turn_is_the_latest_whose_question_was_kept(store: Conversations) -> None:
    keep(store)
    store.keep_turn("王", "m2", FIRST, AT_DIBAO, now=NOW)
    assert store.asked("王", None) == ASKED
    store.judge("王", None, helpful=True, now=NOW)
    (judged,) = rows(store, feedback)
    assert judged["turn"] == next(t["id"] for t in rows(store, turns) if t["message_id"] == "m1")


def at_once(*work: Callable[[], None]) -> None:
    """Runs all of `work` in threads that start together; what one raises is raised here."""
    together = Barrier(len(work))

    def one(task: Callable[[], None]) -> None:
        together.wait(timeout=30)
        task()

    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(one, task) for task in work]:
            done.result()


@pytest.mark.parametrize("round_", range(5))
def test_writers_of_the_same_turn_at_once_leave_one_turn(store: Conversations, round_: int) -> None:
    replies = [{"text": str(n)} for n in range(8)]
    at_once(*[lambda reply=reply: keep(store, reply=reply) for reply in replies])
    (turn,) = rows(store, turns)
    assert turn["reply"] in replies
    assert store.reply_to("王", "m1") == turn["reply"]
    assert len(rows(store, conversations)) == 1


def test_citizens_who_write_at_once_all_keep_their_turns(store: Conversations) -> None:
    senders = [f"citizen-{n}" for n in range(12)]
    at_once(*[lambda who=who: keep(store, sender=who) for who in senders])
    assert {row["sender"] for row in rows(store, turns)} == set(map(sender_key, senders))


def test_feedback_given_twice_at_once_is_one_feedback(store: Conversations) -> None:
    keep(store)
    judge = [lambda h=h: store.judge("王", "m1", helpful=h, now=NOW) for h in (True, False) * 4]
    at_once(*judge)
    assert len(rows(store, feedback)) == 1


def test_a_restart_keeps_everything(store: Conversations, url: str) -> None:
    keep(store)
    store.judge("王", "m1", helpful=True, now=NOW)
    store.note_gap("王", "m1", UNSURE, now=NOW)
    store._engine.dispose()
    again = Conversations(open_engine(url))
    assert again.reply_to("王", "m1") == FIRST
    assert again.conversation("王") == AT_DIBAO
    assert [row["helpful"] for row in rows(again, feedback)] == [True]
    assert [gap.question for gap in again.gaps()] == ["灯笼怎么挂"]
    again._engine.dispose()


def test_a_turn_that_goes_takes_its_feedback_along(store: Conversations) -> None:
    keep(store)
    store.judge("王", "m1", helpful=True, now=NOW)
    with store._engine.begin() as connection:
        connection.execute(turns.delete())
        left = connection.execute(select(func.count()).select_from(feedback)).scalar()
    assert left == 0
