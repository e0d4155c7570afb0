"""Reach a file through the root link of the own process."""


def attack(folder):
    return open("/proc/self/root" + folder + "/answers.py").read()
