"""Write into a planted file."""


def attack(folder):
    open(folder + "/answers.py", "a").write("ANSWER = 0")
