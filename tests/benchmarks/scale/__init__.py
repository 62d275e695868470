"""The figures of large dumps: `python -m tests.benchmarks scale --help`."""
