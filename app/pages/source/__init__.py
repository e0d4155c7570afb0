"""A student's source on a page: coloured, marked, compared. It is untrusted text and only shown."""
