"""How far an export has got: templates go through the cells one by one, and this tells at which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from nbconvert.exporters import Exporter

Report: TypeAlias = Callable[[int, int], None]
"""Is told how many cells are done, and how many there are."""


class _CountedCells(list[Any]):
    """The cells of a notebook, which tell how far who goes through them has got: never back."""

    report: Report | None = None
    _most = -1

    def __iter__(self) -> Iterator[Any]:
        for done, cell in enumerate(super().__iter__()):
            if self.report is not None and done > self._most:
                self._most = done
                self.report(done, len(self))
            yield cell


class _CountedTemplate:
    """A template that is given counted cells."""

    def __init__(self, template: Any, report: Report) -> None:
        self._template = template
        self._report = report

    def render(self, nb: Any, resources: Any) -> str:
        """As exporters call it."""
        cells = _CountedCells(nb.cells)
        cells.report = self._report
        nb.cells = cells
        return self._template.render(nb=nb, resources=resources)


def counted(exporter: type[Exporter], report: Report) -> type[Exporter]:
    """The exporter, which tells how far it is; one that uses no template is as it was."""
    inherited: Any = getattr(exporter, "template", None)
    if not isinstance(inherited, property):
        return exporter

    def template(self: Any) -> _CountedTemplate:
        load: Any = inherited.fget
        return _CountedTemplate(load(self), report)

    # Of the same name, by which configuration is found.
    return type(exporter.__name__, (exporter,), {"template": property(template)})
