"""A page on this machine alone, on which people correct what the machine said of a run's posts.

`desk.py` holds the run's posts and labels, `standing.py` what a coder has decided on one post, `scene.py`
both as one coder sees them, `actions.py` turns a form into decisions, `pages.py` and `templates/` draw,
`app.py` answers requests, `guard.py` refuses those that may not ask, `serving.py` opens and closes it all.
"""
