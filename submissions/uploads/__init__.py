"""From a stranger's bytes to the text of Python files, or every reason why not. Nothing of it is compiled or run."""
