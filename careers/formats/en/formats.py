"""How days and times are shown and typed in the admin, also on pages that come with Django.

Its own formats show a time without its zone, and take 11/12/26, with the month first.
"""

DATE_FORMAT = "F j, Y"
TIME_FORMAT = "H:i T"
DATETIME_FORMAT = "F j, Y, H:i T"

DATE_INPUT_FORMATS = ["%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
