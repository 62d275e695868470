"""What a coder may say of a post: labels and targets that there are, answers that do not go round."""

from collections.abc import Mapping

from discourse.review.forms import RefusedError, bare, whole
from discourse.review.scene import Scene, answered_by

Form = Mapping[str, str]


def check_asked(scene: Scene, layer: str) -> None:
    """Refuse what is not under review."""
    if layer not in scene.task.layers:
        raise RefusedError(f"the layer {layer} is not under review")


def what_of(scene: Scene, form: Form, layer: str = "", label: str = "") -> tuple[str, str]:
    """Return layer and label of a form's `layer/label`; those given where it has none."""
    if "what" in form or not layer:
        layer, _, label = form.get("what", "").partition("/")
        check_asked(scene, layer[:40])
        if not scene.task.codebook.has(layer, label):
            raise RefusedError(f"there is no label {label[:40]!r} of the layer {layer[:40]}")
    return layer, label


def target_of(scene: Scene, layer: str, target: str) -> str | None:
    """Return what a label of a layer is about."""
    if layer == "rhetoric":
        return None
    if layer == "reply":
        if scene.parent is None:
            raise RefusedError("say first which post it answers")
        return scene.parent_id
    if layer == "stance":
        if not (name := bare(target, "a target")):
            raise RefusedError("say on what: a person, a party, a measure, a statement")
        return name
    if layer == "claim":
        if target not in scene.task.desk.disputes.claims(scene.post.thread_id):
            raise RefusedError("choose one of the thread's claims")
        return target
    return _quoted_post(scene, target)


def _quoted_post(scene: Scene, target: str) -> str:
    if target in ("", "external"):
        return "external"
    return _other_post(scene, whole(target, "the number of the post quoted, or external"))


def answered_post(scene: Scene, number: int) -> str:
    """Return the id of another post of the thread, which does not answer this one in turn."""
    found = _other_post(scene, number)
    if _goes_round(scene, number):
        raise RefusedError(f"post {number} stands below this one: the chain of answers would go round")
    return found


def _other_post(scene: Scene, number: int) -> str:
    try:
        other = scene.task.desk.post(number)
    except KeyError as error:
        raise RefusedError(f"there is no post {number}") from error
    if other.thread_id != scene.post.thread_id or other.number == scene.post.number:
        raise RefusedError(f"post {number} is not another post of this thread")
    return other.post_id


def _goes_round(scene: Scene, number: int) -> bool:
    walked: set[int] = set()
    at: int | None = number
    while at is not None and at not in walked:
        if at == scene.post.number:
            return True
        walked.add(at)
        at = answered_by(scene.task, scene.coder, scene.task.desk.post(at))
    return False


def place_of(text: str, quote: str) -> tuple[int, int]:
    """Return where words stand in a text that holds them once."""
    if quote not in text:
        quote = quote.replace("\r\n", "\n")  # forms send every line's end so
    found = text.find(quote)
    if found < 0:
        raise RefusedError("these words do not stand in the post")
    if text.find(quote, found + 1) >= 0:
        raise RefusedError("these words stand in the post more than once: mark them, or give more of them")
    return found, found + len(quote)
