"""A small knowledge on paper: four articles, and a search that finds what it was told to find."""

from datetime import date
from decimal import Decimal

from knowledge.answer import Answerer, Limits, Topic, Topics
from knowledge.article import Article, Basis, Kind, Variants
from knowledge.ranking import Hit
from knowledge.search import Found, Search
from knowledge.shelf import Shelf
from knowledge.standards import Region, Service, Standard, Standards
from knowledge.text import fold

TODAY = date(2026, 3, 2)
PERMIT, FEE, ROAD, OLD = "lantern/permit", "lantern/fee", "roads/repair", "lantern/old-rule"

ASKED = {
    "灯笼许可怎么办": {PERMIT: 0.97, FEE: 0.02},
    "灯笼": {PERMIT: 0.4, FEE: 0.3, OLD: 0.2},
    "灯笼许可要多少钱": {FEE: 0.9, PERMIT: 0.1},
    "路面坏了": {ROAD: 0.85, PERMIT: 0.01},
    "路灯": {ROAD: 0.6, PERMIT: 0.01},
    "以前的灯笼规定": {OLD: 0.9},
    "how do i get a lantern permit": {PERMIT: 0.95},
}
"""What search finds for a question, read folded; for any other question next to nothing."""


class PaperSearch:
    """Finds what ASKED says."""

    def find(self, question: str) -> Found:
        asked = fold(question).rstrip("？?。")
        found = {PERMIT: 0.01, FEE: 0.01} | ASKED.get(asked, {})
        best = sorted(found, key=found.__getitem__, reverse=True)
        return Found(asked, tuple(Hit(name, found[name], found[name] / 2) for name in best))


class BrokenSearch:
    """An index that cannot be read."""

    def find(self, question: str) -> Found:
        raise RuntimeError("the index is gone")


def article(
    name: str,
    title: str,
    title_en: str,
    kind: Kind = Kind.PROCEDURE,
    owner: str = "县民政局",
    valid_to: date | None = None,
    amount: str = "",
) -> Article:
    rule = Basis(law="灯笼条例", article="第三条", in_force=date(2020, 1, 1))
    asked = {
        manner: [f"{title}{manner}{number}" for number in range(3)]
        for manner in ("formal", "colloquial", "indirect", "typo", "keyword")
    }
    return Article(
        id=name,
        title=title,
        title_en=title_en,
        kind=kind,
        owner=owner,
        basis=[rule],
        valid_from=date(2020, 1, 1),
        valid_to=valid_to,
        reviewed_on=date(2026, 1, 5),
        variants=Variants(**asked),
        variants_en=[f"{title_en} {number}" for number in range(4)],
        public=f"“{title}”：请带灯笼来，电话 [[hotline]]。{amount}",
        staff="窗口看灯笼。",
        english=f"{title_en}: bring the lantern, call [[hotline]].{amount}",
    )


ARTICLES = [
    article(PERMIT, "怎样领灯笼许可", "Getting a lantern permit"),
    article(FEE, "灯笼许可的费用", "What a lantern permit costs", amount="[[standard:fee]]"),
    article(ROAD, "路面损坏找谁", "Who mends roads", Kind.ROUTING, "县交通局"),
    article(OLD, "灯笼旧规定", "The old lantern rule", valid_to=date(2024, 12, 31)),
]
"""The fee's article also names the local amount, see STANDARDS."""
TOPICS = Topics({"lantern": Topic("灯笼许可", "Lantern permit")}, ("多少钱",), frozenset("那要呢"))


def fee(amount: int, year: int) -> Standard:
    return Standard(
        service="fee",
        amount=Decimal(amount),
        unit="元/人·次",
        valid_from=date(year, 1, 1),
        valid_to=date(year, 12, 31),
        source=f"风铃县收费表{year}",
        entered_on=date(2026, 1, 5),
    )


_FEE = Service(label="灯笼费", label_en="lantern fee", asks="灯笼站", asks_en="the station")
_CHIME = Region(region="风铃县", standards=[fee(30, 2025), fee(40, 2026)])
STANDARDS = Standards({"fee": _FEE}, {_CHIME.region: _CHIME})


def answerer(search: PaperSearch | BrokenSearch | None = None) -> Answerer:
    limits = Limits(sure=0.55, unsure=0.15)
    found: Search = search or PaperSearch()  # type: ignore[assignment]
    return Answerer(ARTICLES, found, {"zh": limits, "en": limits}, TOPICS, STANDARDS)


def shelf(search: PaperSearch | BrokenSearch | None = None) -> Shelf:
    on_paper = answerer(search)
    return Shelf(on_paper, on_paper._search, "paper-1", {"zh": "aaaa", "en": "bbbb"})
