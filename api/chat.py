"""A turn: a citizen's message in, replies out; whatever breaks on the way, a reply comes."""

import asyncio
import contextlib
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import structlog
from prometheus_client import Counter
from starlette.concurrency import run_in_threadpool

from api.rasa import Rasa, RasaDown
from api.render import rendered, reply_language, writer
from api.schemas import Inbound, Outbound
from knowledge.answer import Answer, Answerer, Outcome
from knowledge.emergency import is_emergency
from knowledge.findings import ASKING, RESULT
from knowledge.hot import hot_reply
from knowledge.reply import Bureau, Reply, reply
from knowledge.standards import Standards
from knowledge.text import Language, clean
from office import erasure
from office.errors import TurnUnknown
from office.privacy import mask, without_tokens
from office.sealing import Sealed, seal
from office.store.conversations import (
    UNHELPFUL,
    Asked,
    Conversation,
    Conversations,
    Gap,
    sender_key,
)
from office.store.retention import Retention
from office.store.vault import Vault

log = structlog.get_logger()
turns = Counter("turns", "Turns by outcome", ["outcome", "degraded"])

UNANSWERED = frozenset({Outcome.NOTHING_FOUND, Outcome.UNSURE})
UNKEPT = frozenset({Outcome.EMERGENCY, ASKING, RESULT, "feedback"})
"""Outcomes whose message is not kept: distress, what a citizen told of their means, a verdict."""
HELPFUL, PROOF = "helpful", "proof"
_GAP_HITS = 5


@dataclass
class Chat:
    """Everything a turn needs. Turns of one sender follow each other; senders do not wait.

    `region` is the bureau's own, for conversations that name none.
    """

    rasa: Rasa
    conversations: Conversations
    vault: Vault
    retention: Retention
    answerer: Callable[[], Answerer]
    standards: Standards
    bureau: Bureau
    region: str | None = None
    _queues: dict[str, "_Queue"] = field(default_factory=lambda: defaultdict(_Queue))

    async def turn(self, message: Inbound, channel: str, now: datetime) -> Outbound:
        async with self._in_order(message.sender):
            key = message.message_id or secrets.token_hex(16)
            earlier = await run_in_threadpool(self.conversations.reply_to, message.sender, key)
            if earlier is not None:
                return Outbound(**earlier)
            return await self._answer(message, key, channel, now)

    async def judge(
        self, sender: str, message_id: str | None, *, helpful: bool, now: datetime
    ) -> None:
        """Keep whether a turn helped, None for the latest; what did not help becomes a gap."""
        await run_in_threadpool(self._judge, sender, message_id, helpful, now)

    async def _answer(self, message: Inbound, key: str, channel: str, now: datetime) -> Outbound:
        before = await run_in_threadpool(self.conversations.conversation, message.sender)
        sealed = await run_in_threadpool(self._sealed, message, before, now)
        text = sealed.plain
        chosen = message.language or Language(before.language or Language.SIMPLIFIED)
        named = self.standards.named_in(text) or message.region
        before = replace(before, region=named or before.region)
        if before.expects == erasure.EXPECTS and erasure.confirms(text):
            return await self._erased(message.sender, key, reply_language(text, chosen), now)
        said, degraded = await self._said(message.sender, sealed, channel, before, now.date())
        after = _after(before, chosen, said)
        language = Language(after.language or chosen)
        spoken = _spoken(text, language, message, before)
        after = replace(after, spoken=language.value if _switched(said) else spoken.value)
        out = self._outbound(key, said, language, Language(after.spoken or language), degraded)
        await self._heed(message.sender, said, now)
        asked = Asked(sealed.stored, channel)
        await run_in_threadpool(self._keep, message.sender, out, after, asked, now)
        turns.labels(out.outcome, str(degraded).lower()).inc()
        return out

    def _sealed(self, message: Inbound, before: Conversation, now: datetime) -> Sealed:
        """The message without numbers that identify a person; in an emergency none is kept."""
        text = clean(message.text)
        if is_emergency(text):
            return Sealed(mask(text), mask(text))
        citizen, proof = sender_key(message.sender), before.expects == PROOF
        return seal(text, citizen, self.vault, proof=proof, now=now)

    async def _said(
        self, sender: str, sealed: Sealed, channel: str, before: Conversation, today: date
    ) -> tuple[list[Reply], bool]:
        """The replies, and whether they came without Rasa: the degrade ladder, rung by rung."""
        text = sealed.plain
        if is_emergency(text):
            return [reply(Answer(Outcome.EMERGENCY))], False
        if erasure.asks(text):
            return [erasure.ASK], False
        if before.expects == erasure.EXPECTS and erasure.declines(text):
            return [erasure.KEPT], False
        words = text.lstrip("/ ")
        if not words:
            return [reply(Answer(Outcome.NOTHING_FOUND))], False
        region = before.region or self.region
        try:
            beside = {"region": region, "tokens": sealed.tokens, "channel": channel}
            return await self.rasa.turn(sender_key(sender), words, beside), False
        except RasaDown as error:
            log.warning("rasa_down", reason=error.reason)
        return [await run_in_threadpool(self._known, words, before.article, region, today)], True

    async def _erased(self, sender: str, key: str, language: Language, now: datetime) -> Outbound:
        """Everything of this sender is deleted, and of this turn nothing is kept.

        Rasa has no part in it: its tracker could not be deleted while a turn of it runs.
        """
        citizen = sender_key(sender)
        erased = await run_in_threadpool(self.retention.erase, citizen, now=now)
        turns.labels("erased", "false").inc()
        return self._outbound(key, [erasure.done(erased.receipt)], language, language, False)

    def _known(self, text: str, about: str | None, region: str | None, today: date) -> Reply:
        try:
            return reply(self.answerer().answer(text, today=today, about=about, region=region))
        except Exception:
            log.exception("knowledge_down")
            return hot_reply(text, today=today, region=region)

    def _outbound(
        self, key: str, said: list[Reply], chosen: Language, spoken: Language, degraded: bool
    ) -> Outbound:
        write = writer(spoken, self.bureau)
        replies = [rendered(one, write) for one in said]
        main = next((one for one in replies if one.sources), replies[0])
        return Outbound(
            message_id=key,
            language=chosen,
            outcome=main.outcome,
            sources=main.sources,
            degraded=degraded,
            replies=replies,
        )

    async def _heed(self, sender: str, said: list[Reply], now: datetime) -> None:
        """A citizen who says “没用” in the chat means the turn before."""
        word = next((one["feedback"] for one in said if one.get("feedback")), None)
        if word is None:
            return
        with contextlib.suppress(TurnUnknown):
            await self.judge(sender, None, helpful=word == HELPFUL, now=now)

    def _judge(self, sender: str, message_id: str | None, helpful: bool, now: datetime) -> None:
        asked = None if helpful else self.conversations.asked(sender, message_id)
        gap = self._gap(asked, UNHELPFUL) if asked else None
        self.conversations.judge(sender, message_id, helpful=helpful, now=now, gap=gap)

    def _keep(
        self, sender: str, out: Outbound, after: Conversation, asked: Asked, now: datetime
    ) -> None:
        record = out.model_dump(mode="json")
        kept = None if out.outcome in UNKEPT else asked
        self.conversations.keep_turn(sender, out.message_id, record, after, kept, now=now)
        if out.outcome in UNANSWERED:
            gap = self._gap(asked, out.outcome)
            self.conversations.note_gap(sender, out.message_id, gap, now=now)

    def _gap(self, asked: Asked, outcome: str) -> Gap:
        question = without_tokens(asked.question)
        return Gap(question, outcome, self._hits(question), asked.channel)

    def _hits(self, text: str) -> list[dict[str, Any]]:
        try:
            hits = self.answerer().find(text).hits[:_GAP_HITS]
        except Exception:
            log.exception("gap_without_hits")
            return []
        return [{"article": hit.article, "probability": round(hit.probability, 4)} for hit in hits]

    @asynccontextmanager
    async def _in_order(self, sender: str) -> AsyncIterator[None]:
        queue = self._queues[sender]
        queue.waiting += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.waiting -= 1
            if not queue.waiting:
                self._queues.pop(sender, None)


@dataclass
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


def _switched(said: list[Reply]) -> str | None:
    """The language a reply switches to."""
    return next((one["language"] for one in said if one.get("language")), None)


def _spoken(text: str, chosen: Language, message: Inbound, before: Conversation) -> Language:
    """The language to answer in; a message without letters (“3”) goes on in the last one."""
    asked_anew = message.language is not None and message.language != before.language
    if any(c.isalpha() for c in text) or asked_anew or before.spoken is None:
        return reply_language(text, chosen)
    return Language(before.spoken)


def _after(before: Conversation, chosen: Language, said: list[Reply]) -> Conversation:
    """The conversation after these replies: where it is at, in which language it goes on."""
    article = next((one["article"] for one in reversed(said) if one.get("article")), None)
    expects = next((one["expects"] for one in reversed(said) if one.get("expects")), None)
    language = _switched(said) or chosen.value
    article = article or before.article
    return replace(before, article=article, language=language, expects=expects)
