"""How days and times are typed in every form, also in those that come with Django.

Its own formats take 11/12/26 too, with the month first.
"""

DATE_INPUT_FORMATS = ["%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
