"""What grading does not allow, asked for as students ask: an ordinary exception, and the work goes on."""
import os
import threading


def write_a_log():
    with open("log.txt", "w") as file:
        file.write("x")


def append_to_results():
    open("results.csv", "a")


def read_the_data():
    open("notMNIST.npz", "rb")


def load_the_data():
    import numpy as np
    np.load("notMNIST.npz")


def save_the_weights():
    import numpy as np
    np.save("weights.npy", np.zeros(3))


def make_a_folder():
    os.makedirs("out", exist_ok=True)


def temporary_file():
    import tempfile
    tempfile.NamedTemporaryFile()


def start_a_thread():
    threading.Thread(target=int).start()


def pool_of_threads():
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(int, "12"))


def pool_of_processes():
    import multiprocessing
    multiprocessing.Pool(2)


def run_a_command():
    os.system  # named, not called: some only look
    import subprocess
    subprocess.run(["ls"])


def ask():
    return input("epochs? ")


def download():
    import urllib.request
    urllib.request.urlopen("http://yann.lecun.com/exdb/mnist/")


def leave():
    raise SystemExit("done")


def exit_politely():
    exit()


def plot():
    import matplotlib.pyplot as plt
    plt.plot([1, 2])


def recurse():
    return recurse()
