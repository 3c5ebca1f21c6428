import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta
from support.report_samples import sample_report

from diffinsight import languages
from diffinsight.errors import ActionError
from diffinsight.languages import read_pack
from diffinsight.render import Form, render
from diffinsight.render.filters import FILTERS

DOCUMENT = Path("docs/templates.md").read_text(encoding="utf-8")
TEMPLATES = sorted(Path("diffinsight/templates").glob("*.j2"))
FORMS: dict[str, Form] = {
    "report.md.j2": "markdown",
    "comment.md.j2": "comment",
    "summary.md.j2": "summary",
    "page.html.j2": "html",
}
ENGLISH = languages.load("en")


def section(title: str) -> str:
    return DOCUMENT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def documented(title: str) -> set[str]:
    """The names in the first column of a section's table."""
    rows = re.findall(r"^\| (`.*?) \|", section(title), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)", row)}


def settings() -> set[str]:
    return set(re.findall(r"`(\w+)`", section("Variables").rpartition("also take")[2])) - {"set"}


def used(path: Path) -> set[str]:
    source = path.read_text(encoding="utf-8")
    environment = Environment(autoescape=True)
    environment.filters |= FILTERS
    return meta.find_undeclared_variables(environment.parse(source))


def rendered(templates: dict[str, str], form: Form = "comment") -> str:
    report = sample_report(12, grouped=3)
    return render(report, form=form, phrases=ENGLISH, templates=templates)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_use_only_documented_variables(path: Path) -> None:
    macros = {"link", "table", "breaking", "more", "explanation", "told"}
    local = macros | {"item", "row", "few", "fence"}
    assert used(path) - local - settings() <= documented("Variables")


@pytest.mark.parametrize("name", sorted(documented("Variables")))
def test_documented_variables_are_there(name: str) -> None:
    assert rendered({"comment.md.j2": f"{{{{ {name} is defined }}}}"}) == "True\n"


def test_filters_are_documented() -> None:
    assert documented("Filters") == set(FILTERS)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_blocks_are_documented(path: Path) -> None:
    blocks = set(re.findall(r"\{% block (\w+)", path.read_text(encoding="utf-8")))
    (row,) = re.findall(rf"^\| `{path.name}` \|.*\| (.*) \|$", DOCUMENT, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == blocks


def test_every_template_is_documented_and_belongs_to_a_form() -> None:
    assert {path.name for path in TEMPLATES} == set(FORMS)


@pytest.mark.parametrize(("name", "form"), sorted(FORMS.items()))
def test_an_own_template_replaces_blocks_of_ours(name: str, form: Form) -> None:
    block = re.findall(r"\{% block (\w+)", Path("diffinsight/templates", name).read_text())[0]
    source = f'{{% extends "default:{name}" %}}{{% block {block} %}}mine\n{{% endblock %}}'
    text = rendered({name: source}, form)
    assert "mine" in text
    assert len(text) > 1000


def test_settings_of_a_comment_can_be_set() -> None:
    source = '{% extends "default:comment.md.j2" %}{% set open_rows = 20 %}'
    assert "<summary>15 files</summary>" in rendered({})
    assert "<summary>15 files</summary>" not in rendered({"comment.md.j2": source})


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ nothing }}", "comment.md.j2: 'nothing' is undefined"),
        ("a\n{% if %}", "template comment.md.j2, line 2: Expected an expression"),
        ('{% extends "other" %}', "other"),
        ("{{ report.__class__.__mro__ }}", "unsafe"),
        ("{{ report.files[99].path }}", "comment.md.j2"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_a_mistake_in_an_own_template_names_it(source: str, said: str) -> None:
    with pytest.raises(ActionError) as caught:
        rendered({"comment.md.j2": source})
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_say_only_what_language_packs_hold(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    said = set(re.findall(r'say\("([\w.]+)"', source))
    said |= {f"headings.{name}" for name in re.findall(r'heading\("(\w+)"', source)}
    assert said <= set(read_pack("en"))
    assert said <= set(read_pack("ja"))
