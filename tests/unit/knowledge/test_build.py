"""Building: nothing twice, nothing half-made, and never without what has changed."""

import importlib.metadata
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import article, build
from knowledge.ranking import NONE, Ranker
from knowledge.search import CHINESE, ENGLISH, Reader
from tests.unit.knowledge.samples import BODY, LetterEncoder, document

ENCODERS = {"zh": "aaaa", "en": "bbbb"}
NEGATIVES = [
    {"q": "股票涨了没有"},
    {"q": "明天下雨吗"},
    {"q": "灯笼坏了找谁", "topic": "lamps"},
    {"q": "will it rain"},
    {"q": "who mends lamps", "topic": "lamps"},
]
CALIBRATION = [
    {"q": "怎么领许可", "ids": ["kites/permit"]},
    {"q": "灯笼怎么借", "ids": ["lamps/loan"]},
    {"q": "股价多少", "ids": []},
    {"q": "permit please", "ids": ["kites/permit"]},
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all that a build reads, with three small articles and their data."""
    home = tmp_path / "knowledge"
    shutil.copytree(Path(build.__file__).parent, home, ignore=shutil.ignore_patterns("articles"))
    for name in ("kites/permit", "kites/fee", "boats/rent"):
        write(home, name)
    for name, lines in (("negatives", NEGATIVES), ("calibration", CALIBRATION)):
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (home / "training" / f"{name}.jsonl").write_text(text + "\n\n", "utf-8")
    monkeypatch.setattr(build, "__file__", str(home / "build.py"))
    monkeypatch.setattr(build, "DATA", home / "training")
    monkeypatch.setattr(build, "ARTICLES", home / "articles")
    monkeypatch.setattr(build, "load", lambda: article.load(home / "articles"))
    return home


def write(home: Path, name: str, body: str = BODY) -> None:
    path = home / "articles" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document(name, body), "utf-8")


def run(folder: Path, said: list[str] | None = None) -> bool:
    readers = {name: Reader(LetterEncoder()) for name in (CHINESE, ENGLISH)}
    return build.build(folder, readers, ENCODERS, ([] if said is None else said).append)


def append(path: str) -> Callable[[Path], None]:
    return lambda home: (home / path).write_bytes((home / path).read_bytes() + b"\n")


@pytest.mark.parametrize(
    "change",
    [
        *(append(f"{name}.py") for name in ("article", "build", "heads", "index", "ranking")),
        *(append(f"{name}.py") for name in ("search", "text")),
        append("terms.txt"),
        append("training/negatives.jsonl"),
        append("training/calibration.jsonl"),
        append("articles/kites/fee.md"),
        lambda home: write(home, "kites/new"),
        lambda home: (home / "articles/kites/fee.md").unlink(),
        lambda home: (home / "training/more.jsonl").write_text("{}"),
    ],
)
def test_whatever_a_build_reads_changes_its_fingerprint(
    home: Path, change: Callable[[Path], None]
) -> None:
    before = build.fingerprint(ENCODERS)
    assert build.fingerprint(ENCODERS) == before
    change(home)
    assert build.fingerprint(ENCODERS) != before


@pytest.mark.parametrize("encoders", [{"zh": "cccc", "en": "bbbb"}, {"zh": "bbbb", "en": "aaaa"}])
def test_another_encoder_changes_the_fingerprint(home: Path, encoders: dict[str, str]) -> None:
    assert build.fingerprint(encoders) != build.fingerprint(ENCODERS)


def test_another_scikit_learn_changes_the_fingerprint(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build.fingerprint(ENCODERS)
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "0.0")
    assert build.fingerprint(ENCODERS) != before


def test_what_a_build_does_not_read_leaves_the_fingerprint(home: Path) -> None:
    before = build.fingerprint(dict(reversed(ENCODERS.items())))
    append("limits.yml")(home)
    append("reply.py")(home)
    assert build.fingerprint(ENCODERS) == before


def test_a_built_index_holds_the_articles_and_a_ranker_of_each_language(
    home: Path, tmp_path: Path
) -> None:
    assert run(tmp_path / "index")
    current = tmp_path / "index" / "current"
    assert current.resolve().name == build.fingerprint(ENCODERS)
    stored = json.loads((current / "articles.json").read_text("utf-8"))
    assert [each["id"] for each in stored] == ["boats/rent", "kites/fee", "kites/permit"]
    for collection in (CHINESE, ENGLISH):
        reading = Reader(LetterEncoder()).read("kites/permit formal 1")
        assert Ranker.load(current / collection).rank(reading)[0].article == "kites/permit"


def test_what_has_not_changed_is_not_built_again(home: Path, tmp_path: Path) -> None:
    said: list[str] = []
    assert run(tmp_path / "index")
    assert not run(tmp_path / "index", said)
    assert said == []


def test_a_changed_article_is_in_the_new_index_and_the_old_index_stays_whole(
    home: Path, tmp_path: Path
) -> None:
    run(tmp_path / "index")
    old = (tmp_path / "index" / "current").resolve()
    write(home, "kites/fee", BODY.replace("请带风筝", "请带两只风筝"))
    assert run(tmp_path / "index")
    new = tmp_path / "index" / "current"
    assert "两只风筝" in (new / "articles.json").read_text("utf-8")
    assert "两只风筝" not in (old / "articles.json").read_text("utf-8")


def test_going_back_to_earlier_articles_points_back_to_their_index(
    home: Path, tmp_path: Path
) -> None:
    run(tmp_path / "index")
    first = (tmp_path / "index" / "current").resolve()
    write(home, "kites/new")
    run(tmp_path / "index")
    (home / "articles/kites/new.md").unlink()
    assert not run(tmp_path / "index")
    assert (tmp_path / "index" / "current").resolve() == first


def test_a_build_that_breaks_off_leaves_the_old_index_in_place_and_can_be_repeated(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path / "index")
    old = (tmp_path / "index" / "current").resolve()
    write(home, "kites/new")
    with monkeypatch.context() as broken:
        broken.setattr(Ranker, "save", _full_disk)
        with pytest.raises(OSError, match="disk full"):
            run(tmp_path / "index")
    assert (tmp_path / "index" / "current").resolve() == old
    assert run(tmp_path / "index")
    assert not list((tmp_path / "index").glob("*.new"))


def test_there_is_a_whole_current_index_at_every_step_of_the_change(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path / "index")
    current, seen = tmp_path / "index" / "current", list[bool]()
    for step in ("replace", "unlink", "symlink_to", "mkdir", "write_text"):
        monkeypatch.setattr(Path, step, _watched(step, current / "articles.json", seen))
    write(home, "kites/new")
    run(tmp_path / "index")
    assert len(seen) > 5
    assert all(seen)


def _full_disk(*_: object) -> None:
    raise OSError("disk full")


def _watched(step: str, needed: Path, seen: list[bool]) -> Callable[..., object]:
    real = getattr(Path, step)

    def watched(*args: object, **kwargs: object) -> object:
        result = real(*args, **kwargs)
        seen.append(needed.is_file())
        return result

    return watched


def test_each_language_learns_its_own_questions(home: Path) -> None:
    articles = article.load(home / "articles")
    chinese, english = "明天下雨吗", "will it rain"
    for collection, mine, theirs in ((CHINESE, chinese, english), (ENGLISH, english, chinese)):
        texts, labels = build.examples(collection, articles)
        learned = dict(zip(texts, labels, strict=True))
        assert len(learned) == len(texts)
        assert learned[mine] == NONE
        assert theirs not in learned
        for one in articles:
            assert all(learned[text] == one.id for text in build.asked_as(one, collection))


def test_a_calibration_question_waits_for_all_its_articles(home: Path) -> None:
    ids = build.known_ids(article.load(home / "articles"))
    assert [lesson.question for lesson in build.calibration(ids)] == [
        "怎么领许可",
        "股价多少",
        "permit please",
    ]
    assert len(build.calibration(ids | {"lamps/loan"})) == 4
