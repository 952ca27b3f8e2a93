"""python -m bench retrieval | intents | turn   (add --json for one JSON object)"""

import typer

from bench import intents, retrieval, turn

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
app.command("retrieval")(retrieval.main)
app.command("intents")(intents.main)
app.command("turn")(turn.main)

if __name__ == "__main__":
    app()
