from __future__ import annotations

import pytest

from diffinsight.engines.model.masking import MASK, mask

# Made up, in the shape of the real ones; put together here so that no scanner takes them for real.
TOKEN = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"  # noqa: S105 - made up
SECRETS = [
    "ghp_" + TOKEN,
    "github_pat_" + TOKEN + "_" + TOKEN,
    "glpat-" + TOKEN[:20],
    "sk-" + TOKEN + TOKEN[:12],
    "sk-proj-" + TOKEN,
    "sk-ant-api03-" + TOKEN,
    "AIza" + TOKEN[:35],
    "hf_" + TOKEN[:34],
    "xoxb-123456789012-" + TOKEN[:24],
    "sk_live_" + TOKEN[:24],
    "npm_" + TOKEN,
    "AKIA" + "ABCDEFGHIJKLMNOP",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + TOKEN,
    "SG." + TOKEN[:22] + "." + (TOKEN + TOKEN)[:43],
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("line", ["+{}", "+Use `{}` here.", "-export KEY={}", '+  "key": "{}",'])
def test_tokens_are_masked(secret: str, line: str) -> None:
    text = mask(line.format(secret))
    assert secret not in text
    assert MASK in text


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ('+password = "hunter2hunter2"', "hunter2hunter2"),
        ("+AZURE_CLIENT_SECRET=Ab1~cd2.ef3_gh4", "Ab1~cd2.ef3_gh4"),
        ("+  api_key: 0123456789abcdef0123", "0123456789abcdef0123"),
        ("+Authorization: Bearer abcdefghijklmnop1234", "abcdefghijklmnop1234"),
        ("+postgres://admin:Tr0ub4dor@db.example/x", "Tr0ub4dor"),
        ("+AccountName=x;AccountKey=abcd1234efgh5678==;", "abcd1234efgh5678=="),
        ("+https://x.blob.example/c?sv=1&sig=abc%2Bdef123456", "abc%2Bdef123456"),
    ],
)
def test_values_of_secret_names_are_masked(line: str, secret: str) -> None:
    assert secret not in mask(line)


def test_a_whole_key_block_is_masked() -> None:
    block = "-----BEGIN RSA PRIVATE KEY-----\n+MIIEow\n+IBAAK\n+-----END RSA PRIVATE KEY-----"
    assert mask(f"+a\n+{block}\n+b") == f"+a\n+{MASK}\n+b"


def test_a_key_block_that_is_cut_off_is_masked_to_the_end() -> None:
    assert "MIIEow" not in mask("+-----BEGIN PRIVATE KEY-----\n+MIIEow\n")


def test_a_secret_is_masked_wherever_it_stands() -> None:
    secret = "ghp_" + TOKEN
    assert secret not in mask(f"+token: {secret}\nfacts: {secret} again")


@pytest.mark.parametrize(
    "line",
    [
        '+password = "<your-password>"',
        '+api_key = os.environ["API_KEY"]',
        "+api-key: ${{ secrets.API_KEY }}",
        "+max_tokens=4096",
        "+The token limit is 8192.",
        "+See [tokens](./tokens.md#secret-names) for secrets.",
        "+ms.date: 09/12/2024",
        "+az keyvault secret set --name MySecret --value VALUE",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert mask(line) == line
