"""python -m knowledge check | build | ask "…" | import-standards FILE | gaps"""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, track

from knowledge import check as checks
from knowledge.answer import Answer
from knowledge.builder import build_all
from knowledge.reply import Bureau, reply
from knowledge.search import collection_of
from knowledge.standards import STANDARDS, load_standards

if TYPE_CHECKING:
    from knowledge.gaps import Group

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
console = Console()

Var = Annotated[Path, typer.Option(help="Folder of built files.", envvar="VAR")]
VAR = Path("var")
_SHOWN = 8
_DAY = "%Y-%m-%d"
_BUREAU = Bureau("本局", "12345", "地址以公告为准", "时间以公告为准")


@app.command()
def build(
    var: Var = VAR,
    encoder: Annotated[str, typer.Option(envvar="ENCODER")] = "m3e-small",
    encoder_en: Annotated[str, typer.Option(envvar="ENCODER_EN")] = "minilm",
) -> None:
    """Export the encoders and build the index; what has not changed is kept."""
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()) as bar:
        task = bar.add_task("knowledge")
        built = build_all(var, encoder, encoder_en, lambda text: bar.update(task, description=text))
        bar.update(task, description="knowledge built" if built else "knowledge is up to date")


@app.command()
def check(var: Var = VAR) -> None:
    """Check every article; exit 1 with one line per problem."""
    articles, problems = checks.read()
    problems += checks.consistency(articles, _today())
    problems += checks.amounts(articles, load_standards())
    if not problems:
        from knowledge.shelf import open_shelf

        search = open_shelf(var / "encoder", var / "index").search
        problems += checks.retrieval(track(articles, "asking every variant"), search)
    for problem in problems:
        console.print(problem, markup=False, soft_wrap=True)
    console.print(f"{len(articles)} articles, {len(problems)} problems")
    raise typer.Exit(code=1 if problems else 0)


@app.command()
def ask(
    question: str,
    var: Var = VAR,
    about: Annotated[str | None, typer.Option(help="Article id the talk is at.")] = None,
    region: Annotated[str | None, typer.Option(help="Whose amounts, e.g. 衢州市.")] = None,
    on: Annotated[datetime | None, typer.Option(formats=[_DAY], help="As of this day.")] = None,
    staff: Annotated[bool, typer.Option(help="Show the note for staff too.")] = False,
) -> None:
    """Answer one question on the terminal."""
    from knowledge.shelf import open_shelf

    answerer = open_shelf(var / "encoder", var / "index").answerer
    day = on.date() if on else _today()
    answer = answerer.answer(question, today=day, about=about, region=region)
    _show(answer, collection_of(question), staff)


@app.command("import-standards")
def import_standards(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=".xlsx or .csv")],
    write: Annotated[bool, typer.Option("--write", help="Write it; else a dry run.")] = False,
) -> None:
    """Take local amounts from a spreadsheet; exit 1 if a row is refused."""
    from knowledge import standards_import as sheet

    try:
        done = sheet.take(sheet.read_sheet(file), load_standards(), today=_today())
    except sheet.SheetUnreadable as error:
        console.print(f"错误：{error}", markup=False)
        raise typer.Exit(code=1) from None
    for refused in done.refused:
        console.print(f"第 {refused.row} 行：{refused.reason}", markup=False, soft_wrap=True)
    for path in sheet.write(done, STANDARDS) if write else ():
        console.print(f"已写入 {path}", markup=False)
    console.print(
        f"新增 {done.new} 条，已有 {done.known} 条，拒收 {len(done.refused)} 行"
        + ("" if write else "（试运行，没有写入；加 --write 写入新增的）"),
        soft_wrap=True,
    )
    raise typer.Exit(code=1 if done.refused else 0)


@app.command()
def gaps(
    var: Var = VAR,
    json: Annotated[bool, typer.Option("--json", help="One object a group.")] = False,
) -> None:
    """Questions without a good answer, grouped by meaning, the most asked first."""
    from knowledge.gaps import open_gaps
    from wiring import conversations

    for group in open_gaps(conversations().gaps(), var / "encoder"):
        console.print_json(data=group.as_json()) if json else _show_group(group)


def _show_group(group: "Group") -> None:
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in group.outcomes.items())
    console.print(f"[bold]{len(group.questions)}×[/]  {outcomes}  → {group.nearest or '-'}")
    for one in group.questions[:_SHOWN]:
        console.print(f"  {one.day or ''}  {one.question}", markup=False, soft_wrap=True)


def _show(answer: Answer, language: str, staff: bool) -> None:
    said = reply(answer)
    title = said["article"] or "-"
    console.print(f"[bold]{said['outcome']}[/]  {title}  p={answer.probability:.2f}")
    console.print(Markdown(_BUREAU.fill(said["text"][language])))
    for source in said["sources"]:
        mark = _mark(source)
        console.print(f"  依据 {source['law']} {source['article'] or ''} · {mark}", markup=False)
    for button in said["buttons"]:
        console.print(f"  ? {button['title'][language]}", markup=False)
    if staff and answer.article:
        console.rule("工作人员")
        console.print(Markdown(_BUREAU.fill(answer.article.staff)))
    for hit in answer.hits[:_SHOWN]:
        console.print(f"  {hit.probability:.3f}  cos {hit.cosine:.3f}  {hit.article}", style="dim")


def _mark(source: dict[str, Any]) -> str:
    if not source["verified"]:
        return f"未核实：{source['note']}"
    return f"{source['in_force'] or '年份不详'} 起 · {source['region']} {source['note']}".strip()


def _today() -> date:
    return date.today()  # noqa: DTZ011


if __name__ == "__main__":
    app()
