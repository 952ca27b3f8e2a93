"""A rules file that cannot be used is refused by file, place and remedy."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.datafile import DataError
from knowledge.rulebook import load_rules

BOTH = {"zh": "风筝", "en": "kite"}
CALM = {"kind": "yes_no", "ask": BOTH}
SEASON = {"kind": "choice", "ask": BOTH, "options": [{"key": "summer", **BOTH}]}
FACTOR = {"kind": "money", "ask": BOTH, "silent": True, "default": 1.5, "assumed": BOTH}
RULE = {
    "says": BOTH,
    "law": "风筝条例",
    "article": "第三条",
    "in_force": "2020-01-01",
    "when": {"is_so": "calm"},
}
UNLOCATED = {key: value for key, value in RULE.items() if key not in ("article", "in_force")}
FLIGHT = {
    "id": "flight",
    "title": BOTH,
    "article": "kites/fly",
    "gives": BOTH,
    "documents": BOTH,
    "apply_at": BOTH,
    "rules": [RULE],
}
CHECK = {"title": BOTH, "benefits": ["flight"]}


def without(field: str, record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != field}


def written(
    folder: Path,
    *,
    facts: dict[str, Any] | None = None,
    derived: dict[str, Any] | None = None,
    benefit: dict[str, Any] = FLIGHT,
    checks: dict[str, Any] | None = None,
) -> Path:
    """A folder with sound rules, but for what is given."""
    told = {"calm": CALM, "season": SEASON, "factor": FACTOR} | (facts or {})
    amounts = {"double": {"times": ["factor", 2]}} | (derived or {})
    files = {
        "facts.yml": {"reviewed_on": date(2026, 11, 25), "derived": amounts, "facts": told},
        "kites.yml": [benefit],
        "checks.yml": checks or {"kites": CHECK},
    }
    for name, content in files.items():
        (folder / name).write_text(
            yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8"
        )
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(DataError) as refused:
        load_rules(folder)
    return str(refused.value)


def test_sound_files_are_one_book(tmp_path: Path) -> None:
    book = load_rules(written(tmp_path))
    assert list(book.facts) == ["calm", "season", "factor"]
    assert (list(book.benefits), list(book.checks)) == (["flight"], ["kites"])
    assert book.reviewed_on == date(2026, 11, 25)


def test_the_benefits_of_every_file_are_read(tmp_path: Path) -> None:
    written(tmp_path, checks={"kites": CHECK | {"benefits": ["flight", "run"]}})
    more = yaml.safe_dump([FLIGHT | {"id": "run"}], allow_unicode=True)
    (tmp_path / "running.yml").write_text(more, "utf-8")
    assert set(load_rules(tmp_path).benefits) == {"flight", "run"}


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (SEASON | {"options": []}, "a choice, and only a choice, has options"),
        (without("options", SEASON), "a choice, and only a choice, has options"),
        (CALM | {"options": SEASON["options"]}, "a choice, and only a choice, has options"),
        (without("assumed", FACTOR), "a default comes with `assumed`"),
        (without("default", FACTOR), "a default comes with `assumed`"),
        (CALM | {"kind": "rumour"}, "kind: Input should be 'yes_no', 'count'"),
        (CALM | {"colour": "red"}, "colour: Extra inputs are not permitted"),
        (without("ask", CALM), "ask: Field required"),
        (CALM | {"ask": {"zh": "风筝"}}, "ask: "),
        (CALM | {"ask": BOTH | {"fr": "cerf-volant"}}, "ask: "),
        (FACTOR | {"default": "much"}, "default: Input should be a valid decimal"),
    ],
)
def test_a_wrong_fact_is_refused_by_its_name(
    tmp_path: Path, fact: dict[str, Any], told: str
) -> None:
    message = refusal(written(tmp_path, facts={"calm": fact}))
    assert message.startswith("facts.yml calm: ")
    assert told in message


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (RULE | {"when": {"is_so": "calm", "not_so": "calm"}}, "exactly one of its words"),
        (RULE | {"when": {}}, "exactly one of its words"),
        (RULE | {"when": {"any": [{"is_so": "calm", "fails": "x"}]}}, "when.any.0: a condition"),
        (RULE | {"when": {"maybe": "calm"}}, "maybe: Extra inputs are not permitted"),
        (RULE | {"when": {"below": ["factor"]}}, "when.below"),
        (RULE | {"when": {"below": ["factor", 1, 2]}}, "when.below"),
        (RULE | {"when": {"among": ["season", "summer"]}}, "when.among.1"),
        (without("article", RULE), "风筝条例: a verified basis names its article and in_force"),
        (without("in_force", RULE), "风筝条例: a verified basis names its article and in_force"),
        (UNLOCATED | {"verified": False}, "风筝条例: an unverified basis says in `note` who"),
        (UNLOCATED | {"verified": False, "note": " "}, "风筝条例: an unverified basis says in"),
        (RULE | {"in_force": "soon"}, "in_force: Input should be a valid date"),
        (without("says", RULE), "says: Field required"),
    ],
)
def test_a_wrong_rule_is_refused_by_file_and_place(
    tmp_path: Path, rule: dict[str, Any], told: str
) -> None:
    message = refusal(written(tmp_path, benefit=FLIGHT | {"rules": [RULE, rule]}))
    assert message.startswith("kites.yml: rules.1")
    assert told in message


def test_an_unverified_rule_with_a_note_needs_no_place(tmp_path: Path) -> None:
    rule = UNLOCATED | {"verified": False, "note": "以风筝场的说明为准"}
    (read,) = load_rules(written(tmp_path, benefit=FLIGHT | {"rules": [rule]})).benefits.values()
    assert (read.rules[0].verified, read.rules[0].in_force) == (False, None)


@pytest.mark.parametrize("field", ["id", "title", "article", "gives", "documents", "apply_at"])
def test_a_benefit_says_what_it_gives_and_where(tmp_path: Path, field: str) -> None:
    message = refusal(written(tmp_path, benefit=without(field, FLIGHT)))
    assert message == f"kites.yml: {field}: Field required"


def test_a_benefit_or_a_check_without_content_is_refused(tmp_path: Path) -> None:
    assert "rules: List should have at least 1" in refusal(
        written(tmp_path, benefit=FLIGHT | {"rules": []})
    )
    assert "checks.yml kites: benefits: List should have at least 1" in refusal(
        written(tmp_path, checks={"kites": CHECK | {"benefits": []}})
    )


@pytest.mark.parametrize(
    "when",
    [
        {"is_so": "gusty"},
        {"not_so": "gusty"},
        {"among": ["gusty", ["summer"]]},
        {"below": ["gusty", 3]},
        {"above": [3, {"plus": ["factor", {"over": ["gusty", 2]}]}]},
        {"any": [{"is_so": "calm"}, {"none": [{"is_so": "gusty"}]}]},
        {"at_least": ["tempest", 3]},
    ],
)
def test_a_fact_that_is_not_there_is_told_with_its_benefit(
    tmp_path: Path, when: dict[str, Any]
) -> None:
    benefit = FLIGHT | {"rules": [RULE | {"when": when}]}
    folder = written(tmp_path, benefit=benefit, derived={"tempest": {"times": ["gusty", 2]}})
    assert refusal(folder) == "flight: no fact gusty"


def test_a_group_that_is_no_fact_is_told_with_its_fact(tmp_path: Path) -> None:
    fee = {"kind": "money", "ask": BOTH, "standard": {"service": "fee", "group": "gusty"}}
    assert refusal(written(tmp_path, facts={"fee": fee})) == "facts.yml fee: no fact gusty"


def test_a_benefit_that_is_not_there_is_told_with_its_check(tmp_path: Path) -> None:
    folder = written(tmp_path, checks={"kites": CHECK | {"benefits": ["flight", "dive"]}})
    assert refusal(folder) == "checks.yml kites: no benefit dive"


@pytest.mark.parametrize("name", ["facts.yml", "kites.yml", "checks.yml"])
def test_broken_yaml_is_told_with_its_file_and_line(tmp_path: Path, name: str) -> None:
    (written(tmp_path) / name).write_text("kites: [1\nsong: 2\n", "utf-8")
    message = refusal(tmp_path)
    assert message.startswith(f"{name}: not valid YAML")
    assert "line 2" in message
