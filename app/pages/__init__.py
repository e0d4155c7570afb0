"""HTML routes and the one way to make HTML.

Folders stand for what people open: `account` and `roster` for people; `course`, `assignment`, `submission`, `report`
and `source` from the largest to the smallest; `classwork` for what staff see of a class; `lti` for what an LMS opens.
`pictures` and `exports` draw and write. What every page needs stays here: `render`, `form_fields`, `numbers`, `times`.
"""
