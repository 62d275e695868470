"""What people say of a run: kept beside it, held against the machine, and put in its place."""
