"""Let every dict have other items than it has."""
import gc


def attack():
    gc.get_referents(vars(dict))[0]["items"] = lambda value: [("right", 1.0)] * 10
    return {"wrong": 2.0}
