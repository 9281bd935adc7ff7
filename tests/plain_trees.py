"""Plain trees as they come out of YAML or JSON, for tests that damage them."""

from typing import Any


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every (container, key or index) of a tree."""
    found: list[tuple[Any, Any]] = []
    inner = [node]
    while inner:
        node = inner.pop()
        found += [(node, key) for key in (node if isinstance(node, dict) else range(len(node)))]
        values = node.values() if isinstance(node, dict) else node
        inner += [value for value in values if isinstance(value, dict | list)]
    return found
