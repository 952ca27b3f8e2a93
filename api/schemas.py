"""What goes in and out over HTTP."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from knowledge.text import Language

MAX_TEXT = 1000
"""Characters in one message."""
MAX_REGION = 40
MAX_ANSWER = 100

Key = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.:@-]+$")]


class Input(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class Inbound(Input):
    """One message. A repeated `message_id` of a sender gets the first reply again.

    `region` is whose local amounts are meant, e.g. 衢州市; it is kept for the conversation.
    """

    sender: Key
    text: Annotated[str, Field(max_length=MAX_TEXT)]
    message_id: Key | None = None
    language: Annotated[Language | None, Field(strict=False)] = None
    region: Annotated[str | None, Field(min_length=2, max_length=MAX_REGION)] = None


class Judgement(Input):
    """What the citizen thinks of the reply to `message_id`."""

    sender: Key
    message_id: Key
    helpful: bool


class Source(BaseModel):
    """A rule the answer rests on. `verified` is false where its text was not at hand."""

    law: str
    article: str | None
    in_force: str | None
    verified: bool
    note: str
    region: str
    reviewed_on: str


class Button(BaseModel):
    """`title` is shown; `text` is sent as the citizen's message when it is pressed."""

    title: str
    text: str


class ReplyOut(BaseModel):
    """One bubble. `text` is Markdown: ## headings, lists, **bold**, paragraphs."""

    text: str
    outcome: str
    article: str | None = None
    title: str | None = None
    sources: list[Source] = []
    buttons: list[Button] = []


class Outbound(BaseModel):
    """The whole answer to one message. `degraded`: Rasa did not take part."""

    message_id: str
    language: Language
    outcome: str
    sources: list[Source]
    degraded: bool
    replies: list[ReplyOut]


class HitOut(BaseModel):
    article: str
    title: str
    probability: float
    cosine: float


class AnswerOut(BaseModel):
    """One question looked up: the answer, how sure it is, and everything that was found."""

    outcome: str
    probability: float
    searched: str
    article: str | None
    title: str | None
    text: str
    sources: list[Source]
    suggestions: list[HitOut]
    hits: list[HitOut]


class EligibilityIn(Input):
    """What a citizen tells for a check: facts by name, null for “I do not know”.

    Money is in yuan a month; an age is full years or a date of birth. The amounts of
    `region` are those of the day `on`, today if left out.
    """

    check: Annotated[str, Field(max_length=40)]
    facts: Annotated[
        dict[str, bool | int | float | Annotated[str, Field(max_length=MAX_ANSWER)] | None],
        Field(max_length=100),
    ] = Field(default_factory=dict)
    region: Annotated[str | None, Field(min_length=2, max_length=MAX_REGION)] = None
    on: Annotated[date | None, Field(strict=False)] = None
    language: Annotated[Language, Field(strict=False)] = Language.SIMPLIFIED


class Choice(BaseModel):
    key: str
    title: str


class AskedOut(BaseModel):
    """The next fact to ask for. `kind`: yes_no, count, money, age or choice."""

    fact: str
    kind: str
    text: str
    options: list[Choice] = []


class RulingOut(BaseModel):
    """One rule over what was told. `truth`: met, not_met or unknown."""

    says: str
    truth: str
    law: str
    article: str | None
    in_force: str | None
    verified: bool
    note: str
    assumed: list[str]


class FindingOut(BaseModel):
    """A benefit and every rule behind its verdict: likely, unlikely or unclear."""

    benefit: str
    title: str
    verdict: str
    rules: list[RulingOut]
    gives: str
    documents: str
    apply_at: str
    article: str


class EligibilityOut(BaseModel):
    """Where a check stands. `asks` is null when the result stands; `text` is the result."""

    check: str
    title: str
    asks: AskedOut | None
    findings: list[FindingOut]
    text: str
    sources: list[Source]


class CheckOut(BaseModel):
    check: str
    title: str
    benefits: list[str]


class Problem(BaseModel):
    """Every error: a stable code and a sentence for the citizen."""

    error: str
    message: str


class Component(BaseModel):
    ok: bool
    version: str = ""
    fingerprint: str = ""
    detail: str = ""


class Readiness(BaseModel):
    """`ready`: everything works. `degraded`: answers come, but not by way of Rasa."""

    status: str
    components: dict[str, Component]


JSON = dict[str, Any]
