"""How often our labels are wrong, as far as it has been measured."""

import json
from importlib.resources import files


def error_rates() -> dict[str, str]:
    """Return one sentence a label: what was measured, on what, and how it came out.

    Labels that nobody has measured are left out; a report then says so.
    """
    text = files("discourse.learn").joinpath("models/error_rates.json").read_text(encoding="utf-8")
    rates: dict[str, str] = json.loads(text)
    return rates
