"use strict";
// Keys and the mouse for the review. The server draws each page and counts every place; here words are only
// pointed at. While an answer is awaited, keys wait for it in order.
(() => {
  const one = (query, within = document) => within.querySelector(query);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const root = document.documentElement;
  const picker = one("#picker"), pickerInput = one("#picker-input"), pickerList = one("#picker-list");
  const keys = one("#keys"), keysOn = one("#keys-on");
  root.classList.add("script");

  let isBusy = false; // an answer is awaited
  let waiting = []; // keys pressed meanwhile
  let words = [];
  let cursor = -1, anchor = -1; // places in `words`; -1: nowhere
  let item = null; // the entry of the list that is chosen
  let borders = null; // {first, last}: words between which a label is being moved

  // ---- what is said

  function tell(text, isProblem = false) {
    const said = one("#said");
    said.textContent = ""; // the same words again are news too
    said.classList.toggle("problem", isProblem);
    said.classList.remove("fresh");
    said.getBoundingClientRect(); // so that it comes up anew
    said.classList.add("fresh");
    said.textContent = text;
  }

  // ---- asking the server

  async function send(where, fields) {
    if (isBusy) return;
    isBusy = true;
    root.classList.add("busy");
    const stay = one("#page main")?.dataset.number;
    try {
      const answer = await fetch(where, {
        method: "POST", credentials: "same-origin", redirect: "error", cache: "no-store",
        headers: {"X-Review-Form": one("meta[name=review-form]").content},
        body: new URLSearchParams(fields),
      });
      const kind = answer.headers.get("content-type") || "";
      const told = kind.startsWith("application/json") ? await answer.json() : {problem: (await answer.text()).trim()};
      if (answer.ok) {
        show(told.html, told.where);
        tell(told.said);
      } else tell(told.problem.startsWith("Not saved") ? told.problem : `Not saved: ${told.problem}.`, true);
    } catch {
      tell("Not saved: the review does not answer any more. Start it again; what was saved before is kept.", true);
      waiting = [];
    }
    isBusy = false;
    root.classList.remove("busy");
    if (stay !== one("#page main")?.dataset.number) settle();
    replay();
  }

  async function go(where, isNew = true) {
    if (isBusy) return;
    isBusy = true;
    root.classList.add("busy");
    try {
      const answer = await fetch(where, {credentials: "same-origin", cache: "no-store"});
      if (answer.ok) {
        show(await answer.text(), answer.url, isNew);
        tell("");
      } else tell((await answer.text()).trim(), true);
    } catch {
      tell("The review does not answer any more. Start it again; what was saved is kept.", true);
      waiting = [];
    }
    isBusy = false;
    root.classList.remove("busy");
    settle();
    replay();
  }

  function replay() {
    while (waiting.length && !isBusy) press(waiting.shift());
  }

  // ---- drawing

  function show(html, where, isNew = true) {
    const before = one("#page main"), was = before.dataset.where;
    const open = all("details[id]", before).filter(fold => fold.open).map(fold => fold.id);
    const chosen = item?.id, at = [cursor, anchor];
    const page = new DOMParser().parseFromString(html, "text/html");
    one("#page").replaceWith(document.adoptNode(one("#page", page)));
    document.title = page.title;
    const is_same = was !== undefined && one("#page main").dataset.where === was;
    if (isNew && new URL(where, location.href).href !== location.href) history.pushState(null, "", where);
    read();
    if (!is_same) return;
    for (const id of open) one(`#${id}`)?.setAttribute("open", "");
    [cursor, anchor] = at.map(place => Math.min(place, words.length - 1));
    if (chosen) choose(document.getElementById(chosen), false);
    point();
    one("#text")?.focus({preventScroll: true});
  }

  function read() {
    words = all("#text .w");
    cursor = anchor = -1;
    item = borders = null;
  }

  // after another page came: its post in sight, ready for keys
  function settle() {
    const text = one("#text");
    if (!text) return one("#main").focus();
    text.focus({preventScroll: true});
    one(".answered, #post")?.scrollIntoView({block: "start"});
    const post = one("#post").getBoundingClientRect();
    if (post.top > innerHeight * .6) one("#post").scrollIntoView({block: "start"});
  }

  // ---- the cursor among the words

  function span() {
    return cursor < 0 ? null : [Math.min(cursor, anchor), Math.max(cursor, anchor)];
  }

  function point() {
    for (const word of all("#text .cursor, #text .picked, #text .moved, #text .of-item")) word.classList.remove("cursor", "picked", "moved", "of-item", "runs-on");
    if (borders) return paint(borders.first, borders.last, "moved");
    const places = item ? covered(item) : [];
    if (places.length) paint(places[0], places[places.length - 1], "of-item");
    const marked = span();
    if (!marked) return;
    paint(marked[0], marked[1], "picked");
    words[cursor].classList.add("cursor");
    words[cursor].scrollIntoView({block: "nearest"});
  }

  function paint(first, last, name) {
    for (let place = first; place <= last; place++) {
      words[place].classList.add(name);
      words[place].classList.toggle("runs-on", place < last);
    }
  }

  function hear() {
    const [first, last] = borders ? [borders.first, borders.last] : span() || [0, -1];
    const range = document.createRange();
    if (last < first) return;
    range.setStartBefore(words[first]);
    range.setEndAfter(words[last]);
    const text = range.toString();
    one("#marked").textContent = text.length > 90 ? `${text.slice(0, 40)} … ${text.slice(-40)}` : text;
  }

  function step(place, key) {
    const is_turned = getComputedStyle(one("#text")).direction === "rtl";
    if (key === "Home") return 0;
    if (key === "End") return words.length - 1;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const on = (key === "ArrowRight") !== is_turned;
      return Math.max(0, Math.min(words.length - 1, place + (on ? 1 : -1)));
    }
    return line(place, key === "ArrowDown" ? 1 : -1);
  }

  // the word of the next line that stands nearest below, or of the line before above
  function line(place, way) {
    const from = words[place].getBoundingClientRect(), middle = (from.left + from.right) / 2;
    let best = place, nearest = Infinity, top = null;
    for (let at = place + way; at >= 0 && at < words.length; at += way) {
      const box = words[at].getBoundingClientRect();
      if (way * (box.top - from.top) < from.height / 2) continue;
      if (top === null) top = box.top;
      if (way * (box.top - top) > from.height / 2) break;
      const off = Math.abs((box.left + box.right) / 2 - middle);
      if (off < nearest) [nearest, best] = [off, at];
    }
    return best;
  }

  function walk(key, is_marking) {
    if (!words.length) return;
    if (cursor < 0) cursor = anchor = key === "End" || key === "ArrowUp" ? words.length - 1 : 0;
    else {
      cursor = step(cursor, key);
      if (!is_marking) anchor = cursor;
    }
    point();
    hear();
  }

  function stretch() {
    const marked = span();
    return marked ? {start: words[marked[0]].dataset.start, end: words[marked[1]].dataset.end} : {};
  }

  // ---- the list of what was said

  function choose(next, is_focused = true) {
    if (item) item.removeAttribute("aria-current");
    item = next;
    point();
    if (!item) return;
    item.setAttribute("aria-current", "true");
    if (is_focused) {
      item.focus({preventScroll: true});
      item.scrollIntoView({block: "nearest"});
    }
  }

  function covered(entry) {
    if (entry.dataset.start === undefined) return [];
    const [start, end] = [Number(entry.dataset.start), Number(entry.dataset.end)];
    return words.flatMap((word, place) => word.dataset.start < end && word.dataset.end > start ? [place] : []);
  }

  function along(way) {
    const entries = all("#items .item");
    if (!entries.length) return tell("Nothing was said of this post yet.");
    const at = entries.indexOf(item);
    const next = at < 0 ? (way > 0 ? 0 : entries.length - 1) : Math.max(0, Math.min(entries.length - 1, at + way));
    choose(entries[next]);
  }

  function within(key) {
    if (!item) along(1);
    const button = item && one(`[data-key="${key}"]`, item);
    if (!button) return tell(item ? "This cannot be done to the entry that is chosen." : "Nothing was said of this post yet.");
    button.click();
  }

  // ---- moving a label's borders

  function beginBorders() {
    const places = covered(item);
    if (!places.length) return tell("This entry has no place in the text.");
    borders = {first: places[0], last: places[places.length - 1]};
    point();
    one("#text").focus({preventScroll: true});
    tell("Borders: arrows move the beginning, with Shift the end; Enter keeps, Esc leaves.");
  }

  function moveBorders(key, is_end) {
    if (is_end) borders.last = Math.max(borders.first, step(borders.last, key));
    else borders.first = Math.min(borders.last, step(borders.first, key));
    point();
    hear();
  }

  function endBorders(is_kept) {
    const {first, last} = borders;
    borders = null;
    point();
    if (!is_kept) return tell("Left as it was.");
    send(item.dataset.where, {label_id: item.id, start: words[first].dataset.start, end: words[last].dataset.end});
  }

  // ---- choosing from a list

  let offered = [], taken = null, free = null, at = 0;

  // options: [{value, text, more}]; `named` makes a value of what was typed, where it may be something else
  function pick(title, options, take, named = null) {
    [offered, taken, free] = [options, take, named];
    one("#picker-title").textContent = title;
    pickerInput.value = "";
    list();
    picker.showModal();
    pickerInput.focus();
  }

  function list() {
    const typed = pickerInput.value.trim().toLowerCase();
    const hits = option => option.text.toLowerCase().indexOf(typed);
    const found = offered.filter(option => hits(option) >= 0 || option.value === typed);
    const rank = option => option.value === typed ? 0 : hits(option) === 0 || option.text.toLowerCase().includes(` ${typed}`) ? 1 : 2;
    if (typed) found.sort((a, b) => rank(a) - rank(b));
    const is_known = offered.some(option => option.value === typed || option.text.toLowerCase() === typed);
    const own = free && typed && !is_known ? free(pickerInput.value.trim()) : null;
    if (own) found.push(own);
    pickerList.replaceChildren(...found.slice(0, 60).map((option, place) => {
      const line = document.createElement("li");
      line.id = `option-${place}`;
      line.setAttribute("role", "option");
      line.append(Object.assign(document.createElement("bdi"), {textContent: option.text}));
      if (option.more) line.append(Object.assign(document.createElement("small"), {textContent: option.more}));
      line.addEventListener("click", () => take(option));
      line.option = option;
      return line;
    }));
    // nothing is chosen for anybody who typed nothing, but where nothing is itself an answer
    at = typed || found[0]?.value === "" ? 0 : -1;
    light();
  }

  function light() {
    const lines = [...pickerList.children];
    one("#picker-said").textContent = "";
    lines.forEach((line, place) => line.setAttribute("aria-selected", String(place === at)));
    lines[at]?.scrollIntoView({block: "nearest"});
    if (lines[at]) pickerInput.setAttribute("aria-activedescendant", lines[at].id);
    else pickerInput.removeAttribute("aria-activedescendant");
  }

  function take(option) {
    const then = taken;
    picker.close();
    one("#text")?.focus({preventScroll: true});
    then(option.value);
  }

  // also for keys that waited, which no browser types any more
  function pickerKey(event, is_replayed) {
    const lines = pickerList.children;
    if (event.key === "Enter") {
      event.preventDefault();
      if (lines[at]) take(lines[at].option);
      else one("#picker-said").textContent = lines.length ? "Nothing is chosen yet." : "There is nothing like this.";
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = Math.max(0, Math.min(lines.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)));
      light();
    } else if (is_replayed && event.key === "Escape") picker.close();
    else if (is_replayed && event.key.length === 1) {
      pickerInput.value += event.key;
      list();
    }
  }

  const options = query => all(query).map(option => ({
    value: option.value, text: option.textContent.trim() || option.value, more: option.dataset.meaning,
  }));

  // ---- what keys do

  function label(title, only, then) {
    const found = options("#what option").filter(option => option.value.startsWith(only));
    if (!found.length) return tell("This layer is not under review.");
    // where words are marked, what is said of words comes before what is said of the whole post
    if (!only && span()) found.sort((a, b) => a.value.startsWith("reply/") - b.value.startsWith("reply/"));
    for (const option of found) if (only) option.text = option.text.slice(option.text.indexOf(": ") + 2);
    pick(title, found, what => about(what, then));
  }

  function about(what, then) {
    const layer = what.split("/")[0];
    const name = text => ({value: text, text: `“${text}”, a new target`});
    if (layer === "stance") return pick("On what?", options("#targets option"), target => then({what, target}), name);
    if (layer === "claim") return pick("Which claim?", options("#claims option"), target => then({what, target}));
    if (layer === "quote") return pick("Whose words?", [{value: "external", text: "from elsewhere"}, ...posts()], target => then({what, target}), number);
    then({what});
  }

  const posts = () => options("#candidates option").map(option => ({...option, text: `${option.value} ${option.text}`}));
  const number = text => /^[0-9]{1,9}$/.test(text) ? {value: text, text: `post ${text}`} : null;
  const where = () => one("#main").dataset.where;

  function add(title, only) {
    label(title, only, fields => {
      const place = stretch();
      send(`${where()}/add`, {...fields, ...place});
    });
  }

  function stance() {
    if (!one('#what option[value^="stance/"]')) return tell("This layer is not under review.");
    const name = text => ({value: text, text: `“${text}”, a new target`});
    const sides = options("#what option").filter(option => option.value.startsWith("stance/"))
      .map(option => ({...option, text: option.text.split(": ")[1]}));
    pick("Stance on what?", options("#targets option"), target =>
      pick(`And on ${target}?`, sides, what => send(`${where()}/add`, {what, target, ...stretch()})), name);
  }

  function link() {
    if (!one("#link-form")) return tell("Whom posts answer is not under review.");
    pick("Which post does it answer?", [...posts(), {value: "0", text: "0 nobody"}],
      answers => send(`${where()}/link`, {answers}), number);
  }

  function split() {
    if (!one("#split-form")) return tell("Where posts begin is not under review.");
    if (cursor < 0) return tell("Put the cursor on the word with which the second post begins.", true);
    const at = words[Math.min(cursor, anchor)].dataset.start;
    const name = text => ({value: text, text: `“${text}”`});
    pick("Who wrote the second post?", [{value: "", text: "not said"}, ...options("#authors option")],
      author => send(`${where()}/split`, {at, author}), name);
  }

  function dispute() {
    const near = all("#disputes [data-dispute]");
    if (!near.length) return tell("No dispute lies near this post.");
    const ask = place => {
      const entry = one(`#disputes [data-dispute="${place}"]`);
      const [first, second] = all(".claim", entry).map(claim => claim.textContent.trim().replace(/\s+/g, " "));
      const parts = all("option", entry).map(option => ({value: option.value, text: option.textContent.trim(),
        more: option.value.startsWith("a-first") ? first : option.value.startsWith("b-first") ? second : ""}));
      pick(one(".question", entry).textContent, parts, part => send(`${where()}/turn`, {dispute: place, part}));
    };
    const questions = near.map(entry => ({value: entry.dataset.dispute, text: `${entry.dataset.dispute} ${one(".question", entry).textContent}`}));
    questions.length === 1 ? ask(questions[0].value) : pick("Which dispute?", questions, ask);
  }

  function change() {
    const [layer] = item.dataset.field.split("/");
    const keep = fields => send(item.dataset.where, {label_id: item.id, ...fields});
    const found = options("#what option");
    // of the same layer the target stays; another asks for its own
    pick("What is it rather?", found, what => what.startsWith(`${layer}/`) ? keep({what}) : about(what, keep));
  }

  const ACTS = {
    l: () => add("Which label?", ""), m: () => add("Which marker?", "rhetoric/"), r: () => add("It agrees or disagrees?", "reply/"),
    t: stance, w: link, S: split, o: dispute, j: () => along(1), k: () => along(-1),
    a: () => within("a"), x: () => within("x"), c: () => within("c"), b: () => within("b"),
  };
  const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

  function press(event, is_replayed = true) {
    if (picker.open) return pickerKey(event, is_replayed);
    if (keys.open) return event.key === "?" || event.key === "Escape" ? keys.close() : undefined;
    const is_post = one("#main").dataset.view === "post";
    if (borders && (MOVES.includes(event.key) || ["Enter", "Escape"].includes(event.key))) {
      event.preventDefault();
      return MOVES.includes(event.key) ? moveBorders(event.key, event.shiftKey) : endBorders(event.key === "Enter");
    }
    if (borders) return;
    if (event.key === "?") { event.preventDefault(); return keys.showModal(); }
    if (event.key === "Escape") { cursor = anchor = -1; return choose(null); }
    const field = one(`[data-focus="${event.key}"]`);
    if (field) { event.preventDefault(); field.focus(); return field.select(); }
    if (is_post && MOVES.includes(event.key)) { event.preventDefault(); return walk(event.key, event.shiftKey); }
    if (is_post && ACTS[event.key]) { event.preventDefault(); return ACTS[event.key](); }
    if (!/^[\w]$|^Enter$/.test(event.key)) return;
    const button = all(`[data-key="${event.key}"]`).find(found => !found.closest(".item"));
    if (button) { event.preventDefault(); button.click(); }
  }

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (picker.open && !isBusy) return pickerKey(event, false);
    const target = event.target;
    if (target.matches("input, textarea, select")) return event.key === "Escape" && !picker.open ? one("#text, #main").focus() : undefined;
    if (["Enter", " "].includes(event.key) && target.closest("a, button, summary")) return;
    const is_ours = MOVES.includes(event.key) || ["Enter", "Escape"].includes(event.key) || event.key.length === 1 && event.key !== " ";
    if (!is_ours || keys.open) return;
    if (!keysOn.checked && event.key.length === 1 && event.key !== "?") return;
    if (isBusy) {
      event.preventDefault();
      if (waiting.length < 200) waiting.push({key: event.key, shiftKey: event.shiftKey, preventDefault() {}});
      return;
    }
    press(event, false);
  });

  pickerInput.addEventListener("input", list);
  keysOn.addEventListener("change", () => sessionStorage.setItem("review-keys", keysOn.checked ? "" : "off"));
  keysOn.checked = sessionStorage.getItem("review-keys") !== "off";

  // ---- the mouse, and forms

  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.getAttribute("method") === "dialog" || form.dataset.plain !== undefined) return;
    event.preventDefault();
    const fields = new FormData(form), to = form.getAttribute("action"); // a field may be called action too
    if (form.getAttribute("method") !== "post") return go(`${to}?${new URLSearchParams(fields)}`);
    fields.delete("form_token"); // goes as a header
    send(to, fields);
  });

  document.addEventListener("click", event => {
    const link = event.target.closest("#page a");
    if (link && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && link.pathname.startsWith("/by/")) {
      event.preventDefault();
      return go(link.href);
    }
    const button = event.target.closest("button[data-key]");
    if (button?.dataset.key === "?") return keys.showModal();
    if (button?.type === "button" && button.dataset.key === "c") { choose(button.closest(".item"), false); return change(); }
    if (button?.type === "button" && button.dataset.key === "b") { choose(button.closest(".item"), false); return beginBorders(); }
    if (button?.dataset.key === "S") { event.preventDefault(); return split(); }
    const entry = event.target.closest("#items .item");
    if (entry && !button) choose(entry);
  });

  // with a mouse: a click sets the cursor, a stretch marks its words
  document.addEventListener("mouseup", event => {
    const text = event.target.closest?.("#text") || (getSelection().anchorNode?.parentElement?.closest("#text"));
    if (!text || borders) return;
    const selection = getSelection();
    if (selection.isCollapsed) {
      const place = words.indexOf(event.target.closest?.(".w"));
      if (place < 0) return;
      cursor = place;
      if (!event.shiftKey || anchor < 0) anchor = place;
    } else {
      const range = selection.getRangeAt(0);
      const inside = words.flatMap((word, place) => touches(range, word) ? [place] : []);
      if (!inside.length) return;
      [anchor, cursor] = [inside[0], inside[inside.length - 1]];
      selection.removeAllRanges();
    }
    point();
    hear();
  });

  // a range that ends where a word begins does not touch it
  function touches(range, word) {
    if (!range.intersectsNode(word)) return false;
    const own = document.createRange();
    own.selectNodeContents(word);
    return range.compareBoundaryPoints(Range.START_TO_END, own) > 0 && range.compareBoundaryPoints(Range.END_TO_START, own) < 0;
  }

  addEventListener("popstate", () => go(location.href, false));
  // what is typed takes the place of the name that stands there
  one("#name")?.focus();
  one("#name")?.select();
  read();
  if (one("#text")) settle();
})();
