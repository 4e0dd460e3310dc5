"""What is known of a notebook's widgets, for those who draw them."""

from __future__ import annotations

from collections.abc import Mapping

from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.widgets.model import Model, ModelId, stored_models

_NO_MODELS: Mapping[ModelId, Model] = {}


class KnownModels:
    """The models by id, each an immutable value: those that the notebook holds, as there is no kernel yet."""

    def __init__(self) -> None:
        self._models: dict[ModelId, Model] = {}
        """The kernel's."""
        self._stored: Mapping[ModelId, Model] = _NO_MODELS
        self._closed: set[ModelId] = set()
        self._revisions: dict[ModelId, int] = {}
        self.revision = 0
        """Goes up with every change."""

    def get(self, model: ModelId) -> Model | None:
        """A model: the kernel's, or else the one that the notebook holds."""
        return self._models.get(model) or self._stored.get(model)

    def is_closed(self, model: ModelId) -> bool:
        """Whether the kernel let go of the widget: what showed it is empty."""
        return model in self._closed

    def revision_of(self, model: ModelId) -> int:
        """The revision in which a model changed last; also of one that is not known yet."""
        return self._revisions.get(model, 0)

    def store(self, metadata: JsonObject) -> None:
        """Take the models that the metadata of a notebook holds."""
        if "widgets" in metadata or self._stored:
            before, self._stored = self._stored, stored_models(metadata)
            self._touch(*before, *self._stored)

    def _touch(self, *models: ModelId) -> None:
        self.revision += 1
        self._revisions.update(dict.fromkeys(models, self.revision))
