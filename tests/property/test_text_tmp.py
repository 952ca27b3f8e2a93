"""What holds for any text whatever: reading it never fails and never depends on how often."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.emergency import is_emergency
from knowledge.heads import grams
from knowledge.text import (
    TERMS,
    HomophoneRepair,
    Language,
    clean,
    fold,
    language_of,
    syllables,
    to_traditional,
)

REPAIR = HomophoneRepair.of_domain()
_TERMS = TERMS.read_text("utf-8").split()
_ODD = "\u200b\u0301\ufeff\u202e\n\t\x00İßﬁ①㐂𠮷嗎说著苎🪁A9 ，。"

letters = st.one_of(
    st.characters(),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.sampled_from(_ODD),
)
anything = st.text(letters, max_size=60)
sentences = st.lists(
    st.one_of(
        st.sampled_from(_TERMS), st.sampled_from(["怎么办", "要", "在", "不", "dibao", "，"])
    ),
    max_size=8,
).map("".join)
typed = st.one_of(anything, sentences)

for_all = settings(deadline=None, max_examples=1500)


@for_all
@given(typed)
@example("e\u200b\u0301")
@example("\ud800")
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@for_all
@given(typed)
def test_clean_text_has_no_invisible_letter_and_no_loose_space(text: str) -> None:
    cleaned = clean(text)
    assert all(unicodedata.category(letter)[0] != "C" for letter in cleaned)
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned


@for_all
@given(typed.filter(lambda text: "\u85b4" not in text))
def test_folding_again_changes_nothing(text: str) -> None:
    """Of all letters only U+85B4, a kind of nettle, is simplified in two steps."""
    assert fold(fold(text)) == fold(text)


@for_all
@given(typed)
def test_folding_reads_through_width_and_surrounding_space(text: str) -> None:
    assert fold(f"\u3000{text}\n") == fold(text)


@for_all
@given(st.text(st.sampled_from("abcXYZ019?! "), max_size=30))
def test_latin_text_is_folded_by_case_alone(text: str) -> None:
    assert fold(text) == clean(text).lower()


@for_all
@given(typed)
def test_every_letter_has_exactly_one_sound(text: str) -> None:
    assert len(syllables(text)) == len(text)


@for_all
@given(typed)
def test_repair_keeps_length_and_sound_and_everything_that_is_not_chinese(text: str) -> None:
    read = fold(text)
    repaired = REPAIR(read)
    assert len(repaired) == len(read)
    assert syllables(repaired) == syllables(read)
    for before, after in zip(read, repaired, strict=True):
        assert before == after or "\u4e00" <= before <= "\u9fff"


@for_all
@given(st.lists(st.sampled_from(_TERMS), max_size=2).map("".join))
def test_words_of_the_trade_side_by_side_stay_as_they_are(text: str) -> None:
    assert REPAIR(text) == text


@for_all
@given(typed)
@example("低保\ud800")
def test_a_message_always_has_a_language_a_reading_and_a_display(text: str) -> None:
    assert language_of(text) in Language
    assert isinstance(is_emergency(text), bool)
    assert isinstance(to_traditional(clean(text)), str)
    assert all(grams(fold(text)))


@for_all
@given(typed)
def test_display_in_traditional_script_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(to_traditional(fold(text))) == len(fold(text))


@for_all
@given(sentences)
def test_what_is_shown_in_traditional_script_is_read_back_as_it_was(text: str) -> None:
    assert fold(to_traditional(text)) == fold(text)
