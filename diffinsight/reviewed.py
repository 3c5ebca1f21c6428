"""The config and templates of the workflow's repository, as they were reviewed.

On pull requests they come from the base, never from what the request proposes: nobody can change
the rules in the change that they apply to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from diffinsight.config import DEFAULT_PATH, Config, read_config
from diffinsight.edges import GitHub
from diffinsight.errors import Problem
from diffinsight.event import Trigger
from diffinsight.globs import escape_glob
from diffinsight.inputs import Inputs
from diffinsight.models import ChangeSet, Tree
from diffinsight.runner import Commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviewed:
    """Reads them from the trees of a range where they are at hand, else through the API."""

    commands: Commands
    inputs: Inputs
    trigger: Trigger
    github: GitHub  # the repository that the workflow runs in

    def config(self, change_set: ChangeSet | None) -> Config:
        """The config as reviewed: on pull requests the base's, never what the request proposes."""
        path = self.inputs.config
        source = self._source(change_set, path)
        if source is None and path != DEFAULT_PATH:
            message = f"no config file {path} in the revision it is read from"
            self.commands.warning(Problem(message=message, hint="check the input `config`"))
        config = read_config(source, origin=path) if source else Config()
        # Reports that were committed are no documentation: no report about reports.
        reports = f"{escape_glob(self.inputs.reports_folder)}/**"
        return replace(config, exclude=(*config.exclude, reports))

    def _source(self, change_set: ChangeSet | None, path: str) -> str | None:
        tree = self._tree(change_set)
        if tree is not None:
            return dict(tree.read([path])).get(path)
        found = self.github.read_file(path, branch=self._revision)
        return found.text if found else None

    def templates(self, change_set: ChangeSet | None, config: Config) -> Mapping[str, str]:
        """The user's own, from where the config is from too; by file name."""
        folder = config.templates
        if folder is None:
            return {}
        tree = self._tree(change_set)
        if tree is not None:
            wanted = [path for path in tree.paths() if _is_template(path, folder)]
            found = dict(tree.read(wanted))
        else:
            blobs = self.github.files_below(folder, revision=self._revision)
            wanted = [path for path in blobs if _is_template(path, folder)]
            found = {path: self.github.read_blob(blobs[path]) for path in wanted}
        if not found:
            message = f"no templates in {folder} in the revision it is read from"
            hint = "their names end in .j2; check `templates` in the config"
            self.commands.warning(Problem(message=message, hint=hint))
        return {path.removeprefix(f"{folder}/"): text for path, text in sorted(found.items())}

    def _tree(self, change_set: ChangeSet | None) -> Tree | None:
        """The files as reviewed, if they are at hand and of the workflow's own repository."""
        if change_set is None or self.inputs.repository:
            return None
        return change_set.base_tree if self.trigger.proposed else change_set.head_tree

    @property
    def _revision(self) -> str:
        context = self.trigger.context
        revision = context.base if self.trigger.proposed else context.head
        return revision or self.trigger.default_branch


def _is_template(path: str, folder: str) -> bool:
    """Whether a file is one of the user's templates, which are in ``folder`` itself."""
    place, _, name = path.rpartition("/")
    return place == folder and name.endswith(".j2")
