"""Training of the neural reader: all questions together, in one order that a seed gives, and resumable."""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, distributed, nn
from torch.nn import functional

from discourse.learn.neural_pieces import laid_out
from tests.evaluation.reader.network import Network, base_folder, begin
from tests.evaluation.reader.tasks import Task

# how often a set is read: small ones, and those with many labels, more often than large ones
TIMES = {
    "iac": 6, "subreddit": 7, "coded": 5, "sides": 0.1, "cues": 0.5, "rumoureval": 2.5,
    "pstance_train": 1.5, "pstance_val": 1.5, "semeval2016_train": 8,
    "semeval2016_val": 8, "marks": 3,
    "GEN": 4, "RQ": 6, "HYP": 6, "reddit": 5, "twitter": 1.5, "unhealthy": 5, "cocolofa": 14, "informal": 5,
    "chains": 2, "hedging": 0.7, "videos": 4, "news": 1.5, "disputes": 2, "moves": 2, "sfu": 2,
    "sentences": 9, "ukp": 4, "argkp_train": 0.2, "argkp_dev": 0.2, "sick_train": 4, "sick_trial": 4,
}  # fmt: skip
PIECES = 1280  # of a batch, with what fills up
PAIRS = 24  # of a batch at most
NEAR = 1024  # pairs among which a batch's are alike in length
RATE, HEADS_RATE = 1e-4, 1e-3
WARM = 0.06  # share of the steps in which the rate rises
DECAY = 0.01
LONGEST_STEP = 1.0  # norm to which gradients are cut
SMOOTHED = 0.05  # share of the truth that is spread over all labels
LEAST_WEIGHT, MOST_WEIGHT = 0.3, 6.0  # of a label
EVERY = 500  # steps after which all is kept
# of each round: the share of `TIMES` that is read, and after how many steps it ends in any case. The rates of
# learning rise and fall in each; the second begins with what the first reached
MOST_STEPS = 6_000
ROUNDS = ((0.7, MOST_STEPS), (0.27, MOST_STEPS))
LEARNED = "learned.pt"  # what a round reached, in its folder

Say = Callable[[str], None]
Batch = tuple[int, list[int]]  # a question, and rows of it
Laid = list[list[tuple[list[int], list[int]]]]  # of each question, each pair's pieces and sides


@dataclass(frozen=True)
class Setup:
    """What a training is told."""

    folder: Path  # keeps what was reached
    scale: float = 1.0  # of `TIMES`
    steps: int = MOST_STEPS
    seed: int = 9
    threads: int = (
        1  # of each process: two processes of one thread each are half as fast again as two threads
    )
    processes: int = 1  # that share each batch out
    begun: Path | None = None  # what an earlier round reached, to begin with; else the base
    device: str = "cpu"


class Training:
    """A training of all questions."""

    def __init__(self, tasks: Sequence[Task], setup: Setup, number: int = 0) -> None:
        """Lay out all texts.

        Parameters
        ----------
        number
            Of the process, from 0: the first alone keeps what is reached, and says so.
        """
        self.tasks, self.setup, self._number = tasks, setup, number
        self.held_out = [task.is_held_out for task in tasks]
        self._laid = _laid(tasks)
        torch.set_num_threads(setup.threads)
        torch.manual_seed(setup.seed)
        self.network = Network([len(task.labels) for task in tasks])
        if setup.begun is None:
            begin(self.network.enc, base_folder())
        else:  # a question that is new since then begins with nothing
            known = torch.load(setup.begun, weights_only=True)["network"]
            self.network.load_state_dict(known, strict=False)
        for table in (self.network.enc.word, self.network.enc.pos):
            table.weight.requires_grad_(False)  # half of all weights, most of them of words seen too rarely
        self.network.to(setup.device)
        self._weights = [
            _weights(task, ~held).to(setup.device) for task, held in zip(tasks, self.held_out, strict=True)
        ]

    def learn(self, say: Say) -> None:
        """Learn, from where an earlier training with the same setup was stopped."""
        batches = self._batches()[: self.setup.steps]
        network, kept = self.network, self.setup.folder / LEARNED
        groups = [
            {"params": [one for one in network.enc.parameters() if one.requires_grad], "lr": RATE},
            {"params": network.heads.parameters(), "lr": HEADS_RATE},
        ]
        optimizer = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
        first = 0
        if kept.is_file():
            told = torch.load(kept, weights_only=True)
            network.load_state_dict(told["network"])
            optimizer.load_state_dict(told["optimizer"])
            first = told["step"]
        network.train()
        begun = time.monotonic()
        for step in range(first, len(batches)):
            # dropout follows from the step alone: a training that was stopped goes on as it would have
            torch.manual_seed((self.setup.seed * 1_000_003 + step) * self.setup.processes + self._number)
            _set_rates(optimizer, step / len(batches))
            self._grade(*batches[step])
            nn.utils.clip_grad_norm_(network.parameters(), LONGEST_STEP)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            if self._number:
                continue
            if (step + 1) % EVERY == 0 or step + 1 == len(batches):
                told = {
                    "network": network.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "step": step + 1,
                }
                torch.save(told, kept.with_suffix(".new"))
                os.replace(kept.with_suffix(".new"), kept)
            if (step + 1) % 100 == 0:
                left = (time.monotonic() - begun) / (step + 1 - first) * (len(batches) - step - 1)
                say(f"{step + 1:,} of {len(batches):,} steps, {left / 60:.0f} minutes left")
        network.eval()

    def _grade(self, question: int, rows: list[int]) -> None:
        """Find the slopes of a batch; where several processes learn, each looks at some of its pairs."""
        if self.setup.processes == 1:
            self._loss(question, rows).backward()
            return
        own = rows[self._number :: self.setup.processes]
        if own:
            (self._loss(question, own) * (len(own) / len(rows))).backward()
        learned = [*self.network.enc.parameters(), *self.network.heads[question].parameters()]
        learned = [one for one in learned if one.requires_grad]
        slopes = [torch.zeros_like(one) if one.grad is None else one.grad for one in learned]
        whole = torch.cat([slope.flatten() for slope in slopes])
        distributed.all_reduce(whole)
        parts = whole.split([slope.numel() for slope in slopes])
        for one, part in zip(learned, parts, strict=True):
            one.grad = part.view_as(one)

    def _narrow(self) -> Any:
        return torch.autocast(self.setup.device, torch.bfloat16)

    def _loss(self, question: int, rows: list[int]) -> Tensor:
        task, device = self.tasks[question], self.setup.device
        with self._narrow():
            points = self.network(question, *self.given(question, rows))
        values = torch.tensor(task.values[rows], device=device)
        weights = torch.tensor(task.weights[rows], device=device)
        return _loss(points.float(), values, weights, self._weights[question], is_choice=task.is_choice)

    def given(self, question: int, rows: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
        """Return what the network is given of some rows of a question."""
        laid = [self._laid[question][row] for row in rows]
        length = max(len(pieces) for pieces, _ in laid)
        filled = np.zeros((3, len(rows), length), dtype=np.int64)
        for place, (pieces, sides) in enumerate(laid):
            filled[0, place, : len(pieces)] = pieces
            filled[1, place, : len(pieces)] = sides
            filled[2, place, : len(pieces)] = 1
        ids, sides, held = torch.tensor(filled, device=self.setup.device)
        return ids, sides, held

    def _batches(self) -> list[Batch]:
        """Return all batches in their order: questions mixed, pairs of a batch alike in length."""
        rng = random.Random(self.setup.seed)
        found: list[tuple[float, Batch]] = []
        for question, task in enumerate(self.tasks):
            rows = np.flatnonzero(~self.held_out[question]).tolist()
            wanted = [TIMES[task.sources[row]] * self.setup.scale for row in rows]
            times = [int(one) + (rng.random() < one - int(one)) for one in wanted]
            most = max(times, default=0)
            for turn in range(most):
                again = [row for row, count in zip(rows, times, strict=True) if count > turn]
                rng.shuffle(again)
                found += [
                    ((turn + rng.random()) / most, (question, batch)) for batch in self._cut(question, again)
                ]
        return [batch for _, batch in sorted(found, key=lambda one: one[0])]

    def _cut(self, question: int, rows: Sequence[int]) -> Iterator[list[int]]:
        sizes = self._laid[question]
        for first in range(0, len(rows), NEAR):
            batch: list[int] = []
            for row in sorted(rows[first : first + NEAR], key=lambda one: len(sizes[one][0])):
                if batch and ((len(batch) + 1) * len(sizes[row][0]) > PIECES or len(batch) == PAIRS):
                    yield batch
                    batch = []
                batch.append(row)
            yield batch


def learn_together(tasks: Sequence[Task], setup: Setup, say: Say) -> Training:
    """Learn with as many processes as the setup says; return the first one's training.

    The others are forked before anything is computed: they share what the first one has read.
    """
    if setup.processes > 1:
        torch.set_num_threads(setup.threads)
        meeting = setup.folder / "meeting"
        meeting.unlink(missing_ok=True)
        fork = get_context("fork")
        others = [
            fork.Process(target=_join, args=(tasks, setup, number, say), daemon=True)
            for number in range(1, setup.processes)
        ]
        for process in others:
            process.start()
        return _join(tasks, setup, 0, say)
    training = Training(tasks, setup)
    training.learn(say)
    return training


def _join(tasks: Sequence[Task], setup: Setup, number: int, say: Say) -> Training:
    distributed.init_process_group(
        "gloo",
        init_method=f"file://{setup.folder.resolve()}/meeting",
        rank=number,
        world_size=setup.processes,
    )
    training = Training(tasks, setup, number)
    training.learn(say)
    distributed.destroy_process_group()
    return training


def _laid(tasks: Sequence[Task]) -> Laid:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return [
        [
            (one.pieces.tolist(), one.sides.tolist())
            for one in laid_out(tokenizer, list(zip(task.texts, task.besides, strict=True)))
        ]
        for task in tasks
    ]


def _weights(task: Task, chosen: NDArray[np.bool_]) -> Tensor:
    """Return how much each label counts: rarer ones more, by the root of how much rarer they are."""
    values = task.values[chosen]
    known, held = (values >= 0).sum(axis=0), (values == 1).sum(axis=0)
    if task.is_choice:
        weights = np.sqrt(known / np.maximum(held, 1))
        weights /= max((weights * held).sum(), 1) / max(held.sum(), 1)
    else:
        weights = np.sqrt((known - held + 1) / (held + 1))
    return torch.tensor(np.clip(weights, LEAST_WEIGHT, MOST_WEIGHT), dtype=torch.float32)


def _loss(points: Tensor, values: Tensor, weights: Tensor, labels: Tensor, *, is_choice: bool) -> Tensor:
    """Return the mean loss of some pairs; labels that nobody looked for count neither way."""
    known = (values >= 0).float()
    truth = values.clamp(min=0)
    if not is_choice:
        each = functional.binary_cross_entropy_with_logits(points, truth, pos_weight=labels, reduction="none")
        return (each * known).sum() / known.sum().clamp(min=1)
    logs = functional.log_softmax(points.masked_fill(values < 0, -1e4), dim=-1)
    spread = known / known.sum(dim=-1, keepdim=True)
    each = -((truth * (1 - SMOOTHED) + spread * SMOOTHED) * logs).sum(dim=-1)
    return (each * (truth * labels).sum(dim=-1) * weights).mean()


def _set_rates(optimizer: Any, done: float) -> None:
    share = min(done / WARM, (1 - done) / (1 - WARM))
    for group, rate in zip(optimizer.param_groups, (RATE, HEADS_RATE), strict=True):
        group["lr"] = rate * share
