"""Requests in code: what is another one, and what is the same one in an example of its own."""

from __future__ import annotations

import pytest

from diffinsight.matching.requests import exchanges_request, request_of


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("POST /indexes?api-version=1", "PUT /indexes?api-version=1"),
        ("GET https://a.example/users", "GET https://a.example/members"),
        ("{endpoint}/a/run?api-version=1", "{endpoint}/b/run?api-version=1"),
    ],
)
def test_another_method_or_path_is_another_request(before: str, after: str) -> None:
    assert exchanges_request(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("%HOST%/a/run?api-version=1", "{endpoint}/a/run?api-version=2"),
        (
            "<host>a/0e49604a-2d8e-4b15-b6b8-bb456e5d3e0a?api-version=1",
            "<host>/a/{id}?api-version=1",
        ),
        ("{endpoint}/a/read?api-version=1", "{endpoint}/a/{model}?api-version=1"),
        ("https://a.example/first", "https://a.example/second"),
        ("POST /a", "a / b"),
    ],
)
def test_what_readers_put_their_own_for_makes_no_other_request(before: str, after: str) -> None:
    assert not exchanges_request(before, after)


def test_a_mere_address_is_no_request() -> None:
    assert request_of("https://a.example/users") is None
