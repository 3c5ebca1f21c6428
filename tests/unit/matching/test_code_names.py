"""The names that code is known by."""

from __future__ import annotations

import pytest

from diffinsight.matching.code_names import is_named, names_in


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ('const key = process.env["API_KEY"];', ("API_KEY",)),
        ('key = os.environ["API_KEY"]', ("API_KEY",)),
        ("API_KEY=<your key>", ("API_KEY",)),
        ("$env:API_KEY = 'x'", ("API_KEY",)),
        ("from a.b import Client, get_token", ("Client", "get_token")),
        ('import { Client } from "@a/sdk";', ("Client", "@a/sdk")),
        ('const { Client } = require("@a/sdk");', ("Client", "@a/sdk")),
        ("using Some.Sdk;", ("Some.Sdk",)),
        ("client = DefaultClient()", ("DefaultClient",)),
        ("result = client.chat.create(x)", ("client.chat.create",)),
        ("print(len(x))", ()),
        ("def my_own(x):", ()),
        ("# client = DefaultClient()", ()),
    ],
)
def test_names_are_found(code: str, names: tuple[str, ...]) -> None:
    assert names_in(code) == names


def test_the_environment_comes_first() -> None:
    assert names_in('c = Client()\nk = os.getenv("API_KEY")')[0] == "API_KEY"


def test_a_name_is_a_whole_word() -> None:
    assert is_named("Client", "x = Client()")
    assert not is_named("Client", "x = ClientBase()")
