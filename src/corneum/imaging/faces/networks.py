"""The three small networks that find a face, kept as data by name and SHA-256 (see ``models/models.toml``)."""

import hashlib
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

_MODELS = files("corneum.imaging.faces") / "models"
_ALONE = Lock()


class ModelDamaged(RuntimeError):
    """A network's file is not the one that was shipped."""


def answer(name: str, blob: NDArray[np.integer | np.floating], outputs: Sequence[str]) -> list[NDArray[np.float32]]:
    """Return what a network says, output by output; one thread at a time, for a network keeps its last input.

    Parameters
    ----------
    name
        A key of ``models/models.toml``.
    blob
        From ``cv2.dnn.blobFromImage``.
    outputs
        Names of the layers to read.
    """
    net = network(name)
    with _ALONE:
        net.setInput(blob)
        return [np.array(said, np.float32) for said in net.forward(list(outputs))]


@cache
def network(name: str) -> cv2.dnn.Net:
    """Return the network of this name, after its file's SHA-256 was checked.

    Parameters
    ----------
    name
        A key of ``models/models.toml``.

    Raises
    ------
    ModelDamaged
        If the file differs from the one that was shipped.
    """
    listed = tomllib.loads((_MODELS / "models.toml").read_text(encoding="utf-8"))[name]
    content = (_MODELS / listed["file"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != listed["sha256"]:
        raise ModelDamaged(f"the network {listed['file']} is damaged: install Corneum again")
    return cv2.dnn.readNetFromTFLite(np.frombuffer(content, np.uint8))
