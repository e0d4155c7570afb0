"""A notebook whose cells are commands of the machine."""
import json


def upload():
    cells = [{"cell_type": "code", "source": ["!touch /tmp/left\n", "%%bash\n", "%run /etc/passwd"]}]
    return "work.ipynb", json.dumps({"cells": cells, "nbformat": 4}).encode()
