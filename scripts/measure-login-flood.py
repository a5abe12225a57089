#!/usr/bin/env python3
"""Measures how long reads take beside a flood of sign-ins.

Start a service with RATE_LIMITS=off, then: scripts/measure-login-flood.py http://127.0.0.1:8080
It reads one movie again and again over one connection, first alone, then while many clients try to
sign in as fast as they are answered. The flood runs in processes of its own, on the same machine, so
what the clients themselves take is part of the second figure.
"""

import argparse
import collections
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
    return answer.status, answer.read()


def guess(url, stop, counts):
    connection = connect(url)
    body = json.dumps({"login": "nobody", "password": "not the right password"})
    while not stop.is_set():
        status, _ = exchange(connection, "POST", "/api/v1/auth/login", body)
        counts[status] += 1


def flood(url, clients, stop, results):
    counts = collections.Counter()
    threads = [threading.Thread(target=guess, args=(url, stop, counts)) for _ in range(clients)]
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
        status, _ = exchange(connection, "GET", path)
        assert status == 200, status
        times.append(time.perf_counter() - began)
        time.sleep(0.002)
    times.sort()
    return len(times), *(times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))


def report(name, reads):
    print("%-12s %5d reads, p50 %.2f ms, p99 %.2f ms" % (name, *reads))


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

    stop, results = multiprocessing.Event(), multiprocessing.Queue()
    each = arguments.clients // FLOODING_PROCESSES
    flooding = [
        multiprocessing.Process(target=flood, args=(url, each, stop, results))
        for _ in range(FLOODING_PROCESSES)
    ]
    for process in flooding:
        process.start()
    time.sleep(1)
    report("in a flood", measure_reads(url, path, seconds))
    stop.set()
    counts = sum((results.get() for _ in flooding), collections.Counter())
    print("answers to the flood by status:", dict(counts))


if __name__ == "__main__":
    main()
