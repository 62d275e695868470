"""A review as it is really served, in a process of its own, and a browser's page that reads it by keys."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

COMMAND = "import typer; from discourse.cli.review import review; typer.run(review)"


@contextmanager
def served(run: Path, *options: str) -> Iterator[str]:
    """Serve a run and yield the address to open."""
    words = [sys.executable, "-u", "-c", COMMAND, str(run), "--no-open", *options]
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env
    ) as started:
        try:
            line = started.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found, line + started.communicate()[0]
            yield found[0]
            started.send_signal(signal.SIGINT)
            rest = started.communicate(timeout=60)[0]
            assert "Traceback" not in rest, rest
        finally:
            started.kill()


class Reading:
    """A coder before a browser's page, with all that the page said and asked for.

    Parameters
    ----------
    browser, address
        Where; each reading has a context of its own unless `beside` is another whose context it shares.
    coder
        Who; goes to this coder's first unread post.
    """

    def __init__(
        self,
        browser: "Browser",
        address: str,
        coder: str,
        *,
        beside: "Reading | None" = None,
        width: int = 1280,
        **context: Any,
    ) -> None:
        size = {"width": width, "height": 900}
        self.context = beside.context if beside else browser.new_context(viewport=size, **context)
        self.origin = address.partition("/?")[0]
        self.by = f"{self.origin}/by/{coder}/"
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        if beside is None:
            self.page.goto(address)
        self.page.goto(self.by)

    def open(self, number: int) -> "Reading":
        """Go to a post and wait until it takes keys."""
        self.page.goto(f"{self.by}posts/{number}")
        self.page.locator("html.script #text").wait_for()
        return self

    def keys(self, *keys: str) -> "Reading":
        """Press keys, as fast as they come."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Reading":
        self.page.keyboard.type(text)
        return self

    def hears(self, words: str) -> "Reading":
        """Wait until the page says this."""
        from playwright.sync_api import expect

        expect(self.page.locator("#said")).to_contain_text(words, timeout=60_000)
        return self

    def at(self, number: int) -> "Reading":
        """Wait until this post is shown."""
        self.page.locator(f'main[data-number="{number}"]').wait_for()
        return self

    def _heard(self, message: Any) -> None:
        # a browser tells of every refusal by itself; what was refused is said on the page
        if "status of 400" not in message.text:
            self.said.append(message.text)

    @property
    def strayed(self) -> list[str]:
        """What was asked of anybody else."""
        return [url for url in self.asked if not url.startswith((self.origin + "/", "data:"))]

    def close(self) -> None:
        """Close it; nothing may have been complained of, and nobody else asked."""
        self.context.close()
        assert self.said == []
        assert self.strayed == []
