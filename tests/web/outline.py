"""What a page is made of, for tests that look at its tags and its text."""

from html.parser import HTMLParser


class Outline(HTMLParser):
    """Tags with their attributes, and the text that a reader meets."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._languages: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append((tag, named))
        if tag not in {"meta", "link", "rect", "path", "circle", "img", "br"}:
            inherited = self._languages[-1][1] if self._languages else ""
            self._languages.append((tag, named.get("lang") or inherited))

    def handle_endtag(self, tag: str) -> None:
        while self._languages and self._languages.pop()[0] != tag:
            pass

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._languages[-1][1] if self._languages else "", " ".join(data.split())))

    @property
    def text(self) -> str:
        """All text, blanks folded."""
        return " ".join(text for _, text in self.texts)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attrs for name, attrs in self.tags if name == tag]
