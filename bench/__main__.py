"""python -m bench retrieval | intents | turn | gaps | imports | status | plots  (--json; --keep)"""

import typer

from bench import gaps, imports, intents, plots, retrieval, status, turn

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
app.command("retrieval")(retrieval.main)
app.command("intents")(intents.main)
app.command("turn")(turn.main)
app.command("gaps")(gaps.main)
app.command("imports")(imports.main)
app.command("status")(status.main)
app.command("plots")(plots.main)

if __name__ == "__main__":
    app()
