import pytest
from client import differences
from readers import READERS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("client", READERS, ids=lambda client: client.name)
def test_every_row_and_value_arrives_as_it_is(client, bundle):
    found = client.read(bundle)
    tables = [table for table in bundle.paths if table in found or bundle.package.records(table)]
    wrong = [difference for table in tables for difference in differences(bundle, table, found[table])]
    assert {expected for _, expected, _ in wrong} <= set(client.alters), wrong
    # What the documentation says of a client is to be taken back once it is no longer so.
    texts = {value for table in tables for row in bundle.package.records(table) for value in row.values()}
    assert {expected for _, expected, _ in wrong} == set(client.alters) & texts
