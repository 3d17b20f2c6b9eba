import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.texts import Texts, read_texts

# The csv module does not quote a lone CR; `check` forbids it in a cell anyway.
CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"))
ROWS = st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS}))


@given(ROWS)
def test_what_is_written_is_read_again(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("texts") / "file.csv"
    path.write_bytes(Texts(("a", "b"), tuple(rows)).to_bytes())
    assert read_texts(path) == Texts(("a", "b"), tuple(rows))


def test_rows_are_sorted_by_code_points_column_by_column():
    rows = [{"a": "b", "b": "1"}, {"a": "a", "b": "é"}, {"a": "a", "b": "z"}, {"a": "Z", "b": ""}]
    in_order = Texts(("a", "b"), tuple(rows)).sorted_by(("a", "b")).rows
    assert [row["a"] + row["b"] for row in in_order] == ["Z", "az", "aé", "b1"]


def test_a_row_gets_the_columns_of_the_file():
    assert Texts(("a", "b"), ()).with_rows([{"b": "1", "c": "2"}]).rows == ({"a": "", "b": "1"},)


@pytest.mark.parametrize("data", [b"a,b\n1\n", b"a,b\n1,2,3\n", b'a,b\n"1,2\n', b"a,b\n\xe9,2\n", None])
def test_what_cannot_be_read_is_refused(data, tmp_path):
    path = tmp_path / "file.csv"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(PackageError, match="cannot read"):
        read_texts(path)
