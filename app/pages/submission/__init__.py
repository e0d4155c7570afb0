"""A submission in every state: waiting, graded, failed, marked by staff."""
