"""An article file: what it must hold, and what is said of one that does not."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.article import PLACEHOLDERS, Article, ArticleError, Kind, article_id, load, parse
from tests.unit.knowledge.samples import BODY, UNVERIFIED, VERIFIED, article, document

ID = "kites/permit"


def asked(**changes: list[str]) -> dict[str, list[str]]:
    variants: dict[str, list[str]] = article(ID).variants.model_dump()
    return variants | changes


def refusal(text: str, id: str = ID) -> str:
    with pytest.raises(ArticleError) as refused:
        parse(text, id=id)
    return str(refused.value)


def test_a_good_file_is_an_article_with_its_three_parts() -> None:
    read = parse(document(), id=ID)
    assert (read.id, read.topic, read.kind) == (ID, "kites", Kind.PROCEDURE)
    assert (read.public, read.staff, read.english) == ("请带风筝。", "看风筝。", "Bring it.")
    assert (read.region, read.valid_to, read.related) == ("national", None, [])


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", None, "title: Field required"),
        ("title", "  ", "title: String should have at least 1 character"),
        ("title_en", None, "title_en: Field required"),
        ("owner", "", "owner: String should have at least 1 character"),
        ("kind", "rumour", "kind: Input should be 'law', 'procedure'"),
        ("colour", "red", "colour: Extra inputs are not permitted"),
        ("id", "Kites/Permit", "id: String should match pattern"),
        ("id", "permit", "id: String should match pattern"),
        ("basis", [], "basis: List should have at least 1 item"),
        ("basis", [VERIFIED | {"page": 3}], "basis.0.page: Extra inputs are not permitted"),
        ("basis", [VERIFIED | {"law": ""}], "basis.0.law: String should have at least 1"),
        ("valid_from", "soon", "valid_from: Input should be a valid date"),
        ("reviewed_on", None, "reviewed_on: Field required"),
        ("valid_to", "2019-12-31", "valid_to lies before valid_from"),
        ("variants_en", ["a", "b", "c"], "variants_en: List should have at least 4 items"),
        ("variants", asked(typo=["一种"]), "variants.typo: List should have at least 2 items"),
        ("variants", asked(keyword=[520, 521]), "variants.keyword.0: Input should be a valid str"),
        ("variants", asked(slang=["咋整"]), "variants.slang: Extra inputs are not permitted"),
        ("variants", {way: ["一", "二"] for way in asked()}, "needs 12 different Chinese variants"),
    ],
)
def test_a_wrong_field_is_refused_by_file_place_and_remedy(
    field: str, value: Any, told: str
) -> None:
    message = refusal(document(**{field: value}))
    assert message.startswith(f"{ID}: ")
    assert told in message


@pytest.mark.parametrize("missing", ["article", "in_force"])
def test_a_verified_basis_names_its_article_and_date(missing: str) -> None:
    rule = {name: value for name, value in VERIFIED.items() if name != missing}
    told = refusal(document(basis=[VERIFIED, rule]))
    assert "basis.1" in told
    assert "风筝条例: a verified basis names its article and in_force date" in told


def test_an_unverified_basis_says_who_can_confirm_it() -> None:
    told = refusal(document(basis=[UNVERIFIED | {"note": " "}]))
    assert "当地风筝场规定: an unverified basis says in `note` who can confirm it" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "must start with front matter between two lines of ---"),
        (BODY, "must start with front matter between two lines of ---"),
        ("\n" + document(), "must start with front matter between two lines of ---"),
        ("---\nid: kites/permit\n", "must start with front matter between two lines of ---"),
        (f"---\n{{id: [\n---\n{BODY}", "front matter is not valid YAML"),
        (f"---\n- id\n- title\n---\n{BODY}", "front matter is not valid YAML"),
        (f"---\njust words\n---\n{BODY}", "front matter is not valid YAML"),
        (f"---\n\n---\n{BODY}", "front matter is not valid YAML"),
    ],
)
def test_a_file_without_readable_front_matter_is_refused(text: str, told: str) -> None:
    assert told in refusal(text)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "请带风筝。\n",
        "# 答复\n请带风筝。\n\n# 工作人员\n看风筝。\n",
        "# 工作人员\n看风筝。\n\n# 答复\n请带风筝。\n\n# English\nBring it.\n",
        BODY + "\n# 附录\n没有。\n",
        BODY.replace("# English", "## English"),
    ],
)
def test_a_body_has_exactly_the_three_parts_in_order(body: str) -> None:
    assert "needed: ['答复', '工作人员', 'English']" in refusal(document(body=body))


@pytest.mark.parametrize(("heading", "part"), [("答复", "public"), ("English", "english")])
def test_no_part_may_be_empty(heading: str, part: str) -> None:
    lines = {"答复": "请带风筝。", "English": "Bring it."}
    assert f"{part}: String should have" in refusal(document(body=BODY.replace(lines[heading], "")))


def test_smaller_headings_belong_to_their_part() -> None:
    read = parse(document(body=BODY.replace("请带风筝。", "请带风筝。\n\n## 费用\n不收。")), id=ID)
    assert read.public == "请带风筝。\n\n## 费用\n不收。"


@pytest.mark.parametrize("name", sorted(PLACEHOLDERS))
def test_the_bureaus_own_facts_may_be_named(name: str) -> None:
    assert f"[[{name}]]" in parse(document(body=BODY.replace("看风筝", f"[[{name}]]")), id=ID).staff


@pytest.mark.parametrize("typed", ["[[phone]]", "[[ hotline ]]", "[[]]", "{hotline}", "}", "{"])
@pytest.mark.parametrize("part", ["请带风筝。", "看风筝。", "Bring it."])
def test_an_unknown_placeholder_is_refused_in_every_part(typed: str, part: str) -> None:
    told = refusal(document(body=BODY.replace(part, typed)))
    assert "unknown placeholder" in told
    assert "known: ['address', 'bureau', 'hotline', 'hours']" in told


def test_file_path_and_id_must_agree() -> None:
    told = refusal(document(), id="kites/licence")
    assert told.startswith("kites/licence: ")
    assert "front matter says id kites/permit; file path and id must agree" in told


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_an_article_holds_from_its_first_to_its_last_day(day: date, holds: bool) -> None:
    assert article(valid_from="2025-01-01", valid_to="2025-12-31").holds_on(day) is holds


def test_an_article_without_a_last_day_goes_on_holding() -> None:
    assert article(valid_from="2025-01-01").holds_on(date(2125, 1, 1))


def test_an_article_is_verified_when_every_rule_behind_it_is() -> None:
    assert article(basis=[VERIFIED, VERIFIED]).verified
    assert not article(basis=[VERIFIED, UNVERIFIED]).verified


def test_an_article_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        article().title = "别的"  # type: ignore[misc]


def store(folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_folder_is_read_in_the_order_of_ids_and_only_one_level_deep(tmp_path: Path) -> None:
    for name in ("lamps/loan", ID):
        store(tmp_path, name, document(name))
    store(tmp_path, "kites/drafts/permit", "not an article")
    (tmp_path / "README.md").write_text("not an article")
    assert [read.id for read in load(tmp_path)] == [ID, "lamps/loan"]
    assert article_id(tmp_path / "lamps" / "loan.md", tmp_path) == "lamps/loan"


def test_reading_stops_at_a_bad_file_and_names_it(tmp_path: Path) -> None:
    store(tmp_path, ID, document())
    store(tmp_path, "lamps/loan", document("lamps/loan", title=""))
    with pytest.raises(ArticleError, match=r"^lamps/loan: title"):
        load(tmp_path)


def test_a_stored_article_is_read_back_as_it_was() -> None:
    kept = article(basis=[VERIFIED, UNVERIFIED], valid_to="2030-01-01")
    assert Article(**kept.model_dump(mode="json")) == kept
