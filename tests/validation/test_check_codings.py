import ceasefire_talks as ct


def test_codings_are_counted_in_a_line_each_and_kept_in_the_report(checkout):
    report = ct.check(checkout)
    lines = str(report).splitlines()
    assert not any(line.startswith(("first-", "second-")) for line in lines)
    assert sum(line.startswith("coding kept beside them") for line in lines) == 2
    assert {count.coding for count in report.tables} == {None, "first", "second"}
