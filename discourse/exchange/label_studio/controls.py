"""What the labelling configurations, the tasks and the reader agree on: names of controls and of fields."""

from discourse.tables.contract import LAYERS

TEXT = "text"  # the object that is labelled in tasks of one post, and the field that holds it
DIALOGUE = "dialogue"  # the same in tasks of a conversation
REPLY_SPAN = "reply_span"  # agreement with another post than the one answered, marked like a span
TARGET = "target"  # a region's text field: whom or what it is about
OURS = frozenset({*LAYERS, REPLY_SPAN, TARGET})  # controls whose results are read
KEPT = "discourse"  # the part of a region's `meta` that nobody edits

TASKS_TEXT, TASKS_DIALOGUE = "tasks-text.json", "tasks-dialogue.json"
CONFIG_TEXT, CONFIG_DIALOGUE = "config-text.xml", "config-dialogue.xml"
