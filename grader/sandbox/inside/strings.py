"""What a string is in a text that is not parsed: for magic lines, and for whoever looks for words beside strings."""

STRING = r"""
    \"{3}(?:[^\"\\]++|\\(?s:.)|\"(?!\"\"))*+(?:\"{3}|\\?\Z)
  | '{3}(?:[^'\\]++|\\(?s:.)|'(?!''))*+(?:'{3}|\\?\Z)
  | \"(?:[^\"\\\n]++|\\(?s:.))*+\"?
  | '(?:[^'\\\n]++|\\(?s:.))*+'?
"""
"""A string from its first quote, for re.VERBOSE. It ends where Python 3.11 ends it, to whom an f-string is one too:
what is taken for the inside of a string, or of a comment, is hidden from whoever looks for words. No step is ever taken
back, so the time is linear whatever the text is."""
