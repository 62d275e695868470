"""Speed and memory as ratios, each measured in one run; `python -m tests.benchmarks` prints them."""
