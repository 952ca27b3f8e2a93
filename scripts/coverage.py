"""The table of docs/coverage.md: which article answers what the work reports name."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from knowledge.article import ArticleError, load  # noqa: E402
from knowledge.datafile import DataError, Strict, checked, read  # noqa: E402

SERVICES, TABLE = ROOT / "docs" / "coverage.yml", ROOT / "docs" / "coverage.md"
COMMAND = "python scripts/coverage.py"
HEAD = f"""# Coverage

What five work reports of civil-affairs bureaus name that somebody could ask about, and the
articles that answer it. A report is called by its place and year; 某区2022, 某县2022, 万州区2022,
江阳区2022 and 石鼓区2022 stand in one collection. What no article answers has no row.

Made from [coverage.yml](coverage.yml) and the articles' titles; do not edit.
Renew it with `{COMMAND}`."""

_Text = Annotated[str, Field(min_length=1)]


class Service(Strict):
    """One matter, the reports that name it and the articles that answer it."""

    service: _Text
    documents: Annotated[list[_Text], Field(min_length=1)]
    articles: list[_Text]


class Group(Strict):
    """The services of one field of work."""

    heading: _Text
    services: Annotated[list[Service], Field(min_length=1)]


def main(arguments: list[str]) -> None:
    """Write the table, or with --check say whether it is what would be written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if outdated")
    only_check = parser.parse_args(arguments).check
    try:
        text = table(groups(), titles())
    except (DataError, ArticleError) as error:
        raise SystemExit(f"error: {error}") from error
    check(text) if only_check else TABLE.write_text(text, "utf-8")


def check(text: str) -> None:
    """End the program with 1 where the table on disk is not `text`."""
    if not TABLE.is_file() or TABLE.read_text("utf-8") != text:
        raise SystemExit(f"error: docs/{TABLE.name} is not up to date: run `{COMMAND}`")


def groups() -> list[Group]:
    """The fields of work with their services, in the order of the file."""
    content = enumerate(read(SERVICES, list))
    return [checked(Group, each, f"{SERVICES.name}: entry {n}") for n, each in content]


def titles() -> dict[str, str]:
    """The title of every article by its id."""
    return {article.id: article.title for article in load()}


def table(fields: list[Group], titles: dict[str, str]) -> str:
    """The whole of docs/coverage.md."""
    return "\n".join([HEAD, *(line for field in fields for line in _section(field, titles)), ""])


def _section(field: Group, titles: dict[str, str]) -> Iterator[str]:
    yield from ("", f"## {field.heading}", "")
    yield from ("| Service | Named in | Answered by |", "| --- | --- | --- |")
    yield from (_row(service, titles) for service in field.services)


def _row(service: Service, titles: dict[str, str]) -> str:
    answers = "<br>".join(_link(article, service, titles) for article in service.articles)
    return f"| {service.service} | {'、'.join(service.documents)} | {answers} |"


def _link(article: str, service: Service, titles: dict[str, str]) -> str:
    if article not in titles:
        raise DataError(f"{SERVICES.name}: {service.service}: there is no article {article}")
    return f"[{titles[article]}](../knowledge/articles/{article}.md) `{article}`"


if __name__ == "__main__":
    main(sys.argv[1:])
