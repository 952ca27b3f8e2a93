"""The one place where real parts are chosen. Each is made once, on first use."""

from datetime import datetime
from functools import cache

from sqlalchemy import Engine

from knowledge.reply import Bureau
from knowledge.rulebook import RuleBook, load_rules
from knowledge.shelf import Shelf, open_shelf
from knowledge.standards import Standards, load_standards
from office.backoffice import BackOffice
from office.calendar import Calendar, load_calendar
from office.desk import Source, StatusDesk
from office.identity import NumberForm
from office.keys import KeyRing, ring_at
from office.rows import Reader
from office.senders import CodeSender, ConsoleSender, FileSender
from office.services import Services, load_services
from office.store.applications import Applications
from office.store.attempts import Attempts
from office.store.audit import Audit
from office.store.conversations import Conversations
from office.store.engine import open_engine
from office.store.retention import Periods, Retention
from office.store.tracker import Tracker
from office.store.vault import Vault
from settings import settings


@cache
def shelf() -> Shelf:
    """Knowledge as it stands in the current index."""
    var = settings().var
    return open_shelf(var / "encoder", var / "index")


@cache
def rules() -> RuleBook:
    """The rules of eligibility."""
    return load_rules()


@cache
def standards() -> Standards:
    """The dated local amounts."""
    return load_standards()


@cache
def bureau() -> Bureau:
    chosen = settings()
    return Bureau(chosen.bureau, chosen.hotline, chosen.address, chosen.hours)


@cache
def engine() -> Engine:
    """The database, already migrated by `python -m office migrate`."""
    return open_engine(settings().database)


@cache
def conversations() -> Conversations:
    return Conversations(engine())


@cache
def ring() -> KeyRing:
    """The vault's keys: VAULT_KEYS, else the development key file; KeyProblem."""
    chosen = settings()
    return ring_at(chosen.vault_keys.get_secret_value(), chosen.vault_key_file)


@cache
def vault() -> Vault:
    return Vault(engine(), ring(), keep=settings().keep_vault)


@cache
def audit() -> Audit:
    return Audit(engine())


@cache
def retention() -> Retention:
    return Retention(engine(), Tracker(settings().tracker))


def purge(now: datetime) -> dict[str, int]:
    """Delete what is past its period; counts by table."""
    return retention().purge(Periods(**settings().periods), services().endings(), now=now)


@cache
def applications() -> Applications:
    return Applications(engine())


@cache
def services() -> Services:
    """The services whose applications can be followed."""
    return load_services()


@cache
def calendar() -> Calendar:
    return load_calendar()


@cache
def number_form() -> NumberForm:
    chosen = settings()
    return NumberForm(chosen.application_number, chosen.application_example)


@cache
def status_desk() -> StatusDesk:
    return StatusDesk(
        source=_source(),
        table=applications(),
        attempts=Attempts(engine()),
        audit=audit(),
        ring=ring(),
        sender=_code_sender(),
    )


def _source() -> Source:
    """The back office, where one is set up; else the bureau's own table."""
    chosen = settings()
    if not chosen.back_office_url:
        return applications()
    reader = Reader(number_form(), services(), ring(), today=None)
    secret = chosen.back_office_secret.get_secret_value()
    return BackOffice(chosen.back_office_url, secret, reader, timeout=chosen.back_office_timeout)


def _code_sender() -> CodeSender:
    chosen = settings()
    if chosen.code_sender == "file":
        return FileSender(chosen.var / "codes.txt")
    return ConsoleSender()
