"""What people and platforms open of LTI: launches, connecting a course, the scores an LMS has."""
