#!/usr/bin/env python3
"""Measures how long reads take beside a flood of sign-ins.

Start a service with RATE_LIMITS=off, then: scripts/measure-login-flood.py http://127.0.0.1:8080
It reads one movie again and again over one connection: alone; beside many clients that try to sign
in, and wait as long as they are told when they are turned away; beside as many that never wait; and,
to compare, beside as many that read and never wait. The clients run in processes of their own, on the
same machine, so what they take themselves is part of the figures.
"""

import argparse
import collections
import functools
import http.client
import json
import multiprocessing
import threading
import time
import urllib.parse

FLOODING_PROCESSES = 4


def connect(url):
    return http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=30)


def exchange(connection, method, path, body=None):
    headers = {"Content-Type": "application/json"} if body else {}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read()


def guess(connection):
    body = json.dumps({"login": "nobody", "password": "not the right password"})
    return exchange(connection, "POST", "/api/v1/auth/login", body)[0]


def be_one_of_many(url, ask, is_patient, stop, counts):
    connection = connect(url)
    while not stop.is_set():
        answer = ask(connection)
        counts[answer.status] += 1
        if is_patient:
            stop.wait(int(answer.getheader("Retry-After", 0)))


def flood(url, clients, ask, is_patient, stop, results):
    counts = collections.Counter()
    one = (url, ask, is_patient, stop, counts)
    threads = [threading.Thread(target=be_one_of_many, args=one) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put(counts)


def measure_reads(url, path, seconds):
    connection, times = connect(url), []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.perf_counter()
        answer, _ = exchange(connection, "GET", path)
        assert answer.status == 200, answer.status
        times.append(time.perf_counter() - began)
        time.sleep(0.002)
    times.sort()
    return len(times), *(times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))


def report(name, reads):
    print("%-24s %5d reads, p50 %.2f ms, p99 %.2f ms" % (name, *reads))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=10)
    arguments = parser.parse_args()
    url, seconds = arguments.url, arguments.seconds
    _, page = exchange(connect(url), "GET", "/api/v1/movies?limit=1")
    path = "/api/v1/movies/%d" % json.loads(page)["items"][0]["id"]
    measure_reads(url, path, 1)
    report("alone", measure_reads(url, path, seconds))
    read = functools.partial(exchange, method="GET", path=path)
    for name, ask, is_patient in (
        ("patient sign-ins", guess, True),
        ("impatient sign-ins", guess, False),
        ("impatient reads", lambda connection: read(connection)[0], False),
    ):
        measure_beside(name, arguments, path, ask, is_patient)


def measure_beside(name, arguments, path, ask, is_patient):
    stop, results = multiprocessing.Event(), multiprocessing.Queue()
    each = arguments.clients // FLOODING_PROCESSES
    many = (arguments.url, each, ask, is_patient, stop, results)
    flooding = [multiprocessing.Process(target=flood, args=many) for _ in range(FLOODING_PROCESSES)]
    for process in flooding:
        process.start()
    time.sleep(1)
    report("beside " + name, measure_reads(arguments.url, path, arguments.seconds))
    stop.set()
    counts = sum((results.get() for _ in flooding), collections.Counter())
    print("    they were answered", dict(counts))


if __name__ == "__main__":
    main()
