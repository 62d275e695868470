"""How far coders agree with each other and with the machine, and what share of posts really has a label.

`computing.py` puts together what stands in the others: `reading.py` brings a run's posts and what people
decided on them, `units.py` and `grids.py` make units times annotators of it, `coefficients.py`, `spans.py`
and `segmentation.py` measure, `bootstrap.py` gives each figure its interval, `prevalence.py` corrects the
machine's shares, `disagreements.py` lists what differs, `files.py` writes it all down.
"""
