"""Whether HTML is whole: every tag closed, in order."""

from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "input", "meta"}


class Tags(HTMLParser):
    """Fed with HTML, tells what is open at its end and which tags and comments it held."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.comments: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.targets += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in _VOID or self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def tags_of(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags
