"""An article: one citizen question, answered once, in one Markdown file.

The file starts with YAML front matter (what the answer is about, on which law
it rests, until when it holds, how citizens ask for it) and goes on with three
parts: `# 答复` (what the citizen reads), `# 工作人员` (what the clerk reads)
and `# English` (the short answer in English).
"""

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from knowledge.datafile import Strict, first_problem

ARTICLES = Path(__file__).parent / "articles"
NATIONAL = "national"
PLACEHOLDERS = frozenset({"bureau", "hotline", "address", "hours"})
STANDARD = "standard:"
"""`[[standard:dibao]]` stands where the answer names the local amount of that service."""
MIN_VARIANTS = 12
MIN_VARIANTS_EN = 4

_PARTS = {"答复": "public", "工作人员": "staff", "English": "english"}
_PLACEHOLDER = re.compile(r"\[\[(.*?)\]\]|(?=[{}])")
"""A lone brace matches as an unknown, empty placeholder: a mistyped one."""

_Text = Annotated[str, Field(min_length=1)]


class ArticleError(ValueError):
    """An article file that cannot be used; the message names file, place and remedy."""


class Kind(StrEnum):
    """What sort of matter an article treats; `routing` means another body decides it."""

    LAW = "law"
    PROCEDURE = "procedure"
    LOCAL_STANDARD = "local_standard"
    ROUTING = "routing"


class Basis(Strict):
    """One rule an answer rests on. `verified` is false where its text was not at hand."""

    law: _Text
    article: str | None = None
    in_force: date | None = None
    verified: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _verified_means_located(self) -> Self:
        if self.verified and not (self.article and self.in_force):
            raise ValueError(f"{self.law}: a verified basis names its article and in_force date")
        if not self.verified and not self.note:
            raise ValueError(f"{self.law}: an unverified basis says in `note` who can confirm it")
        return self


class Variants(Strict):
    """The ways citizens ask, by manner of speaking; two or more of each."""

    formal: Annotated[list[_Text], Field(min_length=2)]
    colloquial: Annotated[list[_Text], Field(min_length=2)]
    indirect: Annotated[list[_Text], Field(min_length=2)]
    typo: Annotated[list[_Text], Field(min_length=2)]
    keyword: Annotated[list[_Text], Field(min_length=2)]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.formal, *self.colloquial, *self.indirect, *self.typo, *self.keyword)


class Article(Strict):
    """One article. Dates are calendar days; `valid_to` is the last day it holds, or None."""

    id: Annotated[str, Field(pattern=r"^[a-z_]+/[a-z0-9-]+$")]
    title: _Text
    title_en: _Text
    kind: Kind
    owner: _Text
    region: _Text = NATIONAL
    basis: Annotated[list[Basis], Field(min_length=1)]
    valid_from: date
    valid_to: date | None = None
    reviewed_on: date
    related: list[str] = Field(default_factory=list)
    variants: Variants
    variants_en: Annotated[list[_Text], Field(min_length=MIN_VARIANTS_EN)]
    public: _Text
    staff: _Text
    english: _Text

    @property
    def topic(self) -> str:
        return self.id.partition("/")[0]

    @property
    def verified(self) -> bool:
        """Whether every rule the answer rests on was read in its own text."""
        return all(rule.verified for rule in self.basis)

    @property
    def standards(self) -> tuple[str, ...]:
        """The services whose local amounts the answer names, in their order."""
        return tuple(dict.fromkeys(_standards_in(self.public + self.english)))

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @field_validator("public", "staff", "english")
    @classmethod
    def _known_placeholders(cls, text: str) -> str:
        named = {name for name in _PLACEHOLDER.findall(text) if not name.startswith(STANDARD)}
        if named - PLACEHOLDERS:
            raise ValueError(
                f"unknown placeholder {sorted(named - PLACEHOLDERS)}; known: "
                f"{sorted(PLACEHOLDERS)} and {STANDARD}KEY of standards/services.yml"
            )
        return text

    @model_validator(mode="after")
    def _enough_variants(self) -> Self:
        if len(set(self.variants.all)) < MIN_VARIANTS:
            raise ValueError(f"needs {MIN_VARIANTS} different Chinese variants")
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self


def _standards_in(text: str) -> list[str]:
    named = [name for name in _PLACEHOLDER.findall(text) if name.startswith(STANDARD)]
    return [name.removeprefix(STANDARD) for name in named]


def parse(text: str, *, id: str) -> Article:
    """The article in `text`; raises ArticleError naming `id`, the place and the remedy."""
    head, body = _split(text, id)
    try:
        front = yaml.safe_load(head)
        article = Article.model_validate({**front, **_parts(body, id)})
    except (yaml.YAMLError, TypeError) as error:
        raise ArticleError(f"{id}: front matter is not valid YAML: {error}") from error
    except ValidationError as error:
        raise ArticleError(f"{id}: {first_problem(error)}") from error
    if article.id != id:
        raise ArticleError(f"{id}: front matter says id {article.id}; file path and id must agree")
    return article


def load(folder: Path = ARTICLES) -> list[Article]:
    """Every article under `folder`, sorted by id; raises ArticleError at the first bad file."""
    return [parse(path.read_text("utf-8"), id=article_id(path, folder)) for path in paths(folder)]


def paths(folder: Path = ARTICLES) -> list[Path]:
    return sorted(folder.glob("*/*.md"))


def article_id(path: Path, folder: Path = ARTICLES) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _split(text: str, id: str) -> tuple[str, str]:
    match = re.match(r"---\n(.*?)\n---\n(.*)\Z", text, re.DOTALL)
    if not match:
        raise ArticleError(f"{id}: the file must start with front matter between two lines of ---")
    return match[1], match[2]


def _parts(body: str, id: str) -> dict[str, str]:
    pieces = re.split(r"^# (.+)$", body, flags=re.MULTILINE)
    headings = [heading.strip() for heading in pieces[1::2]]
    if headings != list(_PARTS):
        raise ArticleError(f"{id}: the body has the headings {headings}; needed: {list(_PARTS)}")
    return {_PARTS[h]: text.strip() for h, text in zip(headings, pieces[2::2], strict=True)}
