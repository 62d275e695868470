"""The command line: options in, one call of the library, exit code out."""

import gc

import typer

from discourse.cli.agreement import agreement
from discourse.cli.analyze import analyze
from discourse.cli.common import show_version
from discourse.cli.compare import compare
from discourse.cli.evaluate import evaluate
from discourse.cli.export import export
from discourse.cli.import_ import import_
from discourse.cli.label import label
from discourse.cli.lexicons import app as lexicons
from discourse.cli.read import read
from discourse.cli.report import report
from discourse.cli.review import review
from discourse.cli.sample import sample
from discourse.cli.seeds import app as seeds
from discourse.cli.show import show
from discourse.cli.stats import stats
from discourse.cli.train import train

app = typer.Typer(
    name="discourse",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help starts in half the time
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(analyze)
app.command()(read)
app.command()(report)
app.command()(show)
app.command()(compare)
app.command()(stats)
app.command()(export)
app.command("import")(import_)
app.command()(sample)
app.command()(review)
app.command()(agreement)
app.command()(label)
app.command()(train)
app.command()(evaluate)
app.add_typer(seeds, name="seeds")
app.add_typer(lexicons, name="lexicons")


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=show_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    """Forensics for comment threads: who answers whom, who stands where, what goes in circles.

    Example:  discourse analyze page.txt --out reports
    """


_YOUNG = 50_000  # objects after which Python looks for those that only hold each other; 700 by itself


def main() -> None:
    """Run the command line."""
    # nearly all that a command makes stays until its end: to look through it often takes a tenth of the time
    gc.set_threshold(_YOUNG, 20, 20)
    app()
