"""A notebook with something else in every place."""
import json


def upload():
    cells = [1, None, [], {"cell_type": "code", "source": {"a": 1}}, {"cell_type": "code", "source": [1, None, "\x00"]}]
    return "work.ipynb", json.dumps({"cells": cells, "metadata": [], "nbformat": "4"}).encode()
