"""A page of help for every diagnosis code: what it means, a wrong line and a right one, what to look at."""
