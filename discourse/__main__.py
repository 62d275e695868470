"""`python -m discourse`: the command, where its own name is not on the path."""

from discourse.cli import main

if __name__ == "__main__":
    main()
