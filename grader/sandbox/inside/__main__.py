"""Where every process of this folder begins: `python <flags> <this folder> <settings as JSON>`.

It is a student's, the zygote of many, a survey of this machine, or an outline of a submission that is not run.
This folder is reached without the packages above it, which hold what a student must not import. Two empty packages are
put in their place, so that the modules here import each other by the same names on both sides of the wall.
"""
# pathlib would cost every start its import:
# ruff: noqa: PTH100, PTH120

import json
import os
import sys
import types


def main() -> None:
    """Name this folder grader.sandbox.inside, and serve."""
    folder = os.path.dirname(os.path.abspath(__file__))
    for name, path in (("grader", []), ("grader.sandbox", []), ("grader.sandbox.inside", [folder])):
        package = types.ModuleType(name)
        package.__path__ = path
        sys.modules[name] = package
    settings = json.loads(sys.argv[1])
    sys.path.append(settings["numpy_folder"])  # until the walls are up: its neighbours there are not for students
    if "survey" in settings:
        from grader.sandbox.inside.survey import survey

        survey()
        return
    if "outline" in settings:
        from grader.sandbox.inside.outline_answer import serve_outline

        serve_outline(settings)
        return
    if "control" in settings:
        from grader.sandbox.inside.fork_hooks import left_out

        with left_out():
            from grader.sandbox.inside.zygote import serve_many

        serve_many(**settings)
    from grader.sandbox.inside.serve import serve
    from grader.sandbox.inside.walls import Settings

    serve(Settings(**settings))


if __name__ == "__main__":
    main()
