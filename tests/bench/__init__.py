"""Speed and memory beside the budgets: `make bench`, or `python -m tests.bench --help`. docs/performance.md says how to read it."""
