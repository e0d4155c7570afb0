"""Give a promise instead of an answer."""


async def attack():
    return 1.0
