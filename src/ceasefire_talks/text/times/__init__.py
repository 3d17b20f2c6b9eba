"""The date expressions of English news prose, read into EDTF and resolved against the day of publication.

What the rules do not know is refused with a reason; what has several readings becomes a one-of set that holds them all.

| expression | reading |
|---|---|
| early, mid, late September | 1st to 10th, 11th to 20th, 21st to the month's end |
| early, mid, late 2006 | January to April, May to August, September to December |
| 20 November; September | of the year nearest to publication; of two years where neither is clearly nearer |
| on Tuesday | the last one up to publication and the next one from it: both, unless `direction` says which |
| last Tuesday | the last one before publication, and that of the week before (Monday to Sunday), if it is another |
| next Tuesday; last September | in the same way |
| over the past week, the last two days | the 7 days, the 2 days, that end on the day of publication |
| over the past year, the past month | the year, the month, that ends on the day of publication |
| last week, this month, next year | of the calendar |
| two days, weeks, months, years ago | that day; the 7 days around it; the month, the year, approximately |
| in the days leading up to X | the 7 days before it |
| for, over, during, from … to, since | an interval: throughout; everything else is a date or a one-of set: once |
"""

from ceasefire_talks.text.times.find import find_times
from ceasefire_talks.text.times.model import AnchorNeededError, Direction, LocatedReading, Reading, TimeError
from ceasefire_talks.text.times.reader import read_time

__all__ = ["AnchorNeededError", "Direction", "LocatedReading", "Reading", "TimeError", "find_times", "read_time"]
