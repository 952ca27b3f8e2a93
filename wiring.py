"""The one place where real parts are chosen. Each is made once, on first use."""

from functools import cache

from knowledge.reply import Bureau
from knowledge.rulebook import RuleBook, load_rules
from knowledge.shelf import Shelf, open_shelf
from knowledge.standards import Standards, load_standards
from office.store import Store
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
def store() -> Store:
    """The database, already migrated by `python -m office migrate`."""
    return Store.at(settings().database)
