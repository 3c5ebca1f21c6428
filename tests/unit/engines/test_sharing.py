"""Questions shared out: each in one job, packed as one job would pack them."""

from __future__ import annotations

import pytest
from support.doc_changes import analysed, page

from diffinsight import languages
from diffinsight.engines.model.planning import Unit, batches, units_of
from diffinsight.engines.model.sharing import Share
from diffinsight.engines.offline import OfflineEngine


@pytest.fixture(scope="module")
def units() -> tuple[Unit, ...]:
    """Of pages that are small and large by turns, in two folders, and of one with twins."""
    changes = {
        f"part{n % 2}/page{n:02}.md": (
            page(f"Topic {n}"),
            page(f"Topic {n}", limit=120 + n, more=f"More words on {n}.\n\n" * (n * 17 % 60)),
        )
        for n in range(40)
    }
    changes |= {f"twins/{n}.md": (page("Twin"), page("Twin", limit=7)) for n in range(3)}
    engine = OfflineEngine(phrases=languages.load("en"))
    return units_of(engine.write(analysed(changes))[0])


@pytest.mark.parametrize("of", [1, 2, 7, 100])
def test_every_question_is_in_exactly_one_share(units: tuple[Unit, ...], of: int) -> None:
    shares = [Share(number=number, of=of).batches(units) for number in range(1, of + 1)]
    asked = sorted([unit.path for unit in batch] for share in shares for batch in share)
    assert asked == sorted([unit.path for unit in batch] for batch in batches(units))
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize("text", ["1/1", "2/7", "256/256"])
def test_a_share_is_read_as_it_is_written(text: str) -> None:
    assert str(Share.read(text)) == text


@pytest.mark.parametrize(
    "text", ["", "1", "0/1", "2/1", "1/2/3", "-1/2", "1/2\n", "\uff11/2", "01/2"]
)
def test_what_is_no_share(text: str) -> None:
    with pytest.raises(ValueError, match="^" + text.strip()):
        Share.read(text)
