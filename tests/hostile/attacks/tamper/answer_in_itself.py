"""A list that has itself as its only entry."""


def attack():
    answer = []
    answer.append(answer)
    return answer
