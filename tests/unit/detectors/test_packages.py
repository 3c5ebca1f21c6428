"""Versions of packages in code are told by the package."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.models import FileAnalysis

MAVEN = """<dependency>
  <groupId>org.example</groupId>
  <artifactId>the-client</artifactId>
  <version>11.5.2</version>
</dependency>
<dependency>
  <artifactId>the-core</artifactId>
  <version>1.34.0</version>
</dependency>"""


def told(before: str, after: str, language: str = "en") -> FileAnalysis:
    page = "# Page\n\nText.\n\n{}\n"
    changes = between({"a.md": page.format(before)}, {"a.md": page.format(after)}, {})
    written, _ = OfflineEngine(phrases=load(language)).write(analyse(changes))
    return written.files[0]


def fenced(code: str, language: str = "") -> str:
    return f"```{language}\n{code}\n```"


@pytest.mark.parametrize(
    ("code", "package"),
    [
        (fenced('<PackageReference Include="The.Client" Version="1.2.0" />', "xml"), "The.Client"),
        (fenced("dotnet add package The.Client --version 1.2.0", "dotnetcli"), "The.Client"),
        (fenced("Install-Module -Name The.Client -RequiredVersion 1.2.0", "ps1"), "The.Client"),
        (fenced("pip install the-client[extra]==1.2.0", "bash"), "the-client"),
        (fenced("the-client>=1.2.0"), "the-client"),
        (fenced('"@the/client": "^1.2.0",', "json"), "@the/client"),
        (fenced("npm install @the/client@1.2.0", "bash"), "@the/client"),
        (fenced("implementation 'org.example:the-client:1.2.0'", "gradle"), "the-client"),
    ],
)
def test_the_package_is_the_subject(code: str, package: str) -> None:
    file = told(code, code.replace("1.2.0", "1.3.0"))
    found = [f for f in file.findings if f.kind == "version-changed"]
    assert [(f.subject, f.before, f.after) for f in found] == [(package, "1.2.0", "1.3.0")]
    assert "Nothing else changed" in file.explanation


@pytest.mark.parametrize("language", available())
@pytest.mark.parametrize("form", ["{}", "```xml\n{}\n```"])
def test_each_of_several_packages_is_named(form: str, language: str) -> None:
    after = MAVEN.replace("11.5.2", "11.7.3").replace("1.34.0", "1.53.0")
    file = told(form.format(MAVEN), form.format(after), language)
    for text in ("the-client", "11.7.3", "the-core", "1.53.0"):
        assert text in file.explanation
    assert "HTML" not in file.explanation


def test_the_version_of_the_project_itself_is_no_package() -> None:
    file = told(fenced('"version": "1.2.0"', "json"), fenced('"version": "1.3.0"', "json"))
    assert {f.subject for f in file.findings if f.kind == "version-changed"} == {"version"}


def test_a_package_that_stands_in_two_versions_is_left_to_the_code() -> None:
    before = fenced("a==1.0.0\na==2.0.0")
    file = told(before, before.replace("2.0.0", "3.0.0"))
    assert all(f.subject == "a" for f in file.findings if f.kind == "version-changed")
