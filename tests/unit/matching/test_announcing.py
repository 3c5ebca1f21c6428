from __future__ import annotations

import pytest

from diffinsight.matching.announcing import announced


@pytest.mark.parametrize(
    "sentence",
    [
        "The old client is deprecated.",
        "The old client is now officially deprecated and will be removed.",
        "We have retired the old client.",
        "The old client is considered obsolete.",
        "Old client (deprecated)",
        "Deprecated since 2.0",
        "Old client: retired",
        "Version 2 deprecates the old client.",
        "We're retiring the old client.",
        "Acme plans to retire the old client.",
        "The retirement of the old client is planned for May 1, 2030.",
        "The old client reaches its end of life next year.",
        "Deprecation of the old client",
        "Deprecation notice",
        "Version 3 and lower are EOL.",
        "The old client is no longer supported.",
        "Drops support for the old client.",
        "Drop support for the old client.",
        "Support for the old client was dropped.",
        "The old client will be removed in a future version.",
        "旧クライアントは非推奨です。",
        "旧クライアントは廃止されました。",
        "旧クライアントのサポートは来年終了します。",
        "旧クライアントの提供終了",
        "旧客户端已弃用。",
        "旧客户端将停用。",
        "不再支持旧客户端。",
        "The tool no longer supports Python 3.8",
        "Python 3.7 has been dropped.",
    ],
)
def test_an_end_is_announced(sentence: str) -> None:
    assert announced(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The client is not deprecated.",
        "If the name is wrong, the client no longer supports it.",
        "Remove calls to deprecated functions.",
        "A new heading is told, and a deprecation with advice to move.",
        "The values are `deprecated` and `retired`.",
        "`old` is `deprecated`.",
        "`deprecation-announced` tells what ends.",
        "Python 3.9 is used now, replacing 3.8, which is now EoL.",
        "Read about the retirement of models.",
        "Deprecated functions",
        "Retiring from work is good.",
        "When a disk is mounted, it is no longer available.",
        "The container will be removed.",
        "Support for the new client was added.",
        "The sunset is red.",
        'Words that say it: "is deprecated", "dropped support for".',
        "「廃止されました」と表示されます。",
        "There is support for versions that are EOL.",
        "非推奨の機能を確認します。",
        "廃止された機能の一覧です。",
        "列出已弃用的功能。",
        "可以停用此功能。",
    ],
)
def test_an_end_is_only_mentioned(sentence: str) -> None:
    assert not announced(sentence)
