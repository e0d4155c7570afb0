"""Modules that let one file run under Python 2 and Python 3: what they give under Python 3 is built in.

Course files of some years begin with `from past.builtins import xrange` or `from six.moves import xrange`. The packages
are not here, and what they would give is known.
"""

import pickle
from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

from grader.sandbox.inside.quiet import Module


def _items(mapping: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    return iter(mapping.items())


def _keys(mapping: Mapping[Any, Any]) -> Iterator[Any]:
    return iter(mapping.keys())


def _values(mapping: Mapping[Any, Any]) -> Iterator[Any]:
    return iter(mapping.values())


def _old_div(one: Any, other: Any) -> Any:
    """Python 2's division: of whole numbers the quotient without its fraction."""
    return one // other if isinstance(one, int) and isinstance(other, int) else one / other


NAMES: Mapping[str, Any] = {
    **{"reduce": reduce, "xrange": range, "range": range, "zip": zip, "map": map, "filter": filter},
    **{
        "basestring": str,
        "unicode": str,
        "text_type": str,
        "string_types": (str,),
        "long": int,
        "integer_types": (int,),
    },
    **{"iteritems": _items, "iterkeys": _keys, "itervalues": _values, "old_div": _old_div},
    **{"cPickle": pickle, "pickle": pickle, "PY2": False, "PY3": True},
}
MODULES = frozenset({"past", "six", "future"})


def module() -> Module:
    """What takes the place of any of them, or of a part of one."""
    return Module(NAMES)


def members(name: str) -> Mapping[str, Any]:
    """What `from name import *` gives."""
    return NAMES if name.partition(".")[0] in MODULES else {}
