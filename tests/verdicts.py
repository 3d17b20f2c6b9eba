"""What a check says, to compare engines by; how it came to say so may differ."""

from ceasefire_talks.validation.run import check_package


def verdict(folder, engine):
    report = check_package(folder, engine=engine)
    return report.tables, report.problems, report.unchecked, report.coverage
