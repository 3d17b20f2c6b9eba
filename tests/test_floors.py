import ast

import pytest

FLOORS = {
    "text": 1,
    "schema": 1,
    "package": 2,
    "validation": 3,
    "tracing": 3,
    "reliability": 3,
    "publishing": 4,
    "website": 4,
    "commands": 5,
}


def imported_rooms(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (name.split(".")[1] for name in names if name.startswith("ceasefire_talks."))


def test_every_room_has_a_floor(checkout):
    rooms = {p.name for p in (checkout / "src/ceasefire_talks").iterdir() if (p / "__init__.py").is_file()}
    assert rooms == set(FLOORS)


@pytest.mark.parametrize("room", FLOORS)
def test_a_file_imports_only_from_its_own_floor_or_below(room, checkout):
    for path in (checkout / "src/ceasefire_talks" / room).rglob("*.py"):
        above = {name for name in imported_rooms(path) if FLOORS.get(name, 0) > FLOORS[room]}
        assert not above, f"{path.name} imports from {sorted(above)}"
