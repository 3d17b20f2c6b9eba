import openpyxl
import pytest
from client import differences, need_program, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def saved(bundle, tmp_path_factory):
    need_program("soffice", "libreoffice-calc-nogui")
    out = tmp_path_factory.mktemp("saved")
    home = tmp_path_factory.mktemp("home")
    convert = ("--headless", f"-env:UserInstallation=file://{home}", "--convert-to", "xlsx", "--outdir", out)
    run("soffice", *convert, bundle.artefact(".xlsx"))
    return next(out.iterdir())


def test_the_workbook_is_the_same_after_it_was_opened_and_saved(saved, bundle):
    book = openpyxl.load_workbook(saved, data_only=True)
    for table in bundle.paths:
        header, *rows = book[table].iter_rows(values_only=True)
        found = [dict(zip(header, row, strict=True)) for row in rows if any(cell is not None for cell in row)]
        assert differences(bundle, table, found) == []


def test_no_cell_has_become_a_formula_or_an_error_but_booleans_which_it_writes_so(saved):
    cells = [cell for sheet in openpyxl.load_workbook(saved) for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells if cell.data_type not in "nsbd"} <= {"=TRUE()", "=FALSE()"}
