"""Who made an annotation: Label Studio's accounts as our `human:NAME`."""

from typing import Any

from discourse.labels.decisions import HUMAN

_LONGEST = 60  # as in `human`


class People:
    """The accounts of one file, each under a name of its own."""

    def __init__(self) -> None:
        self._emails: dict[str, str] = {}  # by the name that it was given

    def name_of(self, completed_by: Any) -> str | None:
        """Return an account as an annotator; None where the file names nobody.

        An account is called by its e-mail before the @; where two are alike there, the second by all of it.
        One that is a number is `human:user-7`.
        """
        if isinstance(completed_by, dict):
            return self._of_account(completed_by)
        if isinstance(completed_by, int) and not isinstance(completed_by, bool):
            return f"{HUMAN}user-{completed_by}"[:_LONGEST]
        if isinstance(completed_by, str) and completed_by.strip():
            text = completed_by.strip()
            return (
                f"{HUMAN}user-{text}"[:_LONGEST]
                if text.isascii() and text.isdigit()
                else self._of_email(text)
            )
        return None

    def _of_account(self, account: dict[str, Any]) -> str | None:
        email = account.get("email")
        if isinstance(email, str) and email.strip():
            return self._of_email(email.strip())
        names = [account.get(key) for key in ("first_name", "last_name")]
        whole = " ".join(name.strip() for name in names if isinstance(name, str) and name.strip())
        named = whole or account.get("username")
        if isinstance(named, str) and (safe := _safe(named)):
            return HUMAN + safe
        return self.name_of(account.get("id")) if not isinstance(account.get("id"), dict) else None

    def _of_email(self, email: str) -> str | None:
        short, whole = _safe(email.partition("@")[0]), _safe(email)
        name = short if short and self._emails.setdefault(short, email) == email else whole
        return HUMAN + name if name else None


def _safe(name: str) -> str:
    kept = "".join(char if char.isalnum() or char in "_.-" else "_" for char in name)[:_LONGEST]
    return kept if kept.strip("_") else ""
