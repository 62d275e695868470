"use strict";
// Filters, search, keys and explanations at the marks. The page says the same without it.
(() => {
  const thread = document.getElementById("thread");
  if (!thread) return;
  document.documentElement.classList.add("script");
  const field = (name) => thread.querySelector("#filter-" + name);
  const form = thread.querySelector(".filters");
  const fields = ["text", "author", "side", "marker", "loop", "doubtful"].map(field);
  const [text, author, side, marker, loop, doubtful] = fields;

  // posts, read once and when first needed
  let known = null;
  let current = null; // the post that keys speak of
  const posts = () => known ??= [...tree.querySelectorAll("li.post")].map((item) => {
    const name = item.firstElementChild.querySelector(".name");
    return {
      item,
      keys: new Set(item.dataset.k.split(" ")),
      author: name && !name.matches(".nobody") ? name.textContent.toLowerCase() : "",
      get words() {
        const words = item.querySelector(".text").textContent.toLowerCase();
        Object.defineProperty(this, "words", { value: words });
        return words;
      },
    };
  });

  const listAuthors = () => {
    const list = thread.querySelector("#filter-authors");
    if (list.childElementCount) return;
    const names = new Set();
    for (const name of tree.querySelectorAll("li.post > :first-child .name:not(.nobody)")) names.add(name.textContent);
    for (const name of names) list.append(new Option(name, name));
  };

  const chosen = () => {
    const keys = [side, marker, loop].filter((choice) => choice && choice.value).map((choice) => choice.value);
    if (doubtful.checked) keys.push("u");
    return { keys, words: text.value.trim().toLowerCase(), author: author.value.trim().toLowerCase() };
  };

  // hits stand as a list of their own, a part at a time: the tree itself is never laid out anew
  const has = (post, key) => key === "c0" ? !post.keys.has("c1") && !post.keys.has("c2") : post.keys.has(key);
  const PART = 100;
  const tree = thread.querySelector("#posts");
  const results = thread.querySelector("#results");
  let hits = [];
  let filtered = false;
  const showMore = () => {
    const from = results.childElementCount;
    for (const post of hits.slice(from, from + PART)) {
      const copy = post.item.cloneNode(true);
      copy.removeAttribute("id");
      results.append(copy);
    }
    const left = hits.length - results.childElementCount;
    field("more").hidden = left <= 0;
    field("more").textContent = `Show ${Math.min(left, PART).toLocaleString("en")} more of ${left.toLocaleString("en")}`;
    showFound(chosen().words);
  };
  const filter = () => {
    const { keys, words, author: name } = chosen();
    const any = keys.length > 0 || words !== "" || name !== "";
    const exact = name !== "" && posts().some((post) => post.author === name);
    hits = any ? posts().filter((post) => keys.every((key) => has(post, key))
      && (name === "" || (exact ? post.author === name : post.author.includes(name)))
      && (words === "" || post.words.includes(words))) : [];
    results.replaceChildren();
    thread.classList.toggle("filtered", any);
    filtered = any;
    showMore();
    field("none").hidden = !any || hits.length > 0;
    const all = posts().length.toLocaleString("en");
    field("count").value = any ? `${hits.length.toLocaleString("en")} of ${all} posts` : `${all} posts`;
  };

  // what was searched for is painted without touching the page's elements
  const MOST_PAINTED = 2000;
  const showFound = (words) => {
    if (!globalThis.CSS?.highlights) return;
    CSS.highlights.delete("found");
    if (words === "") return;
    const ranges = [];
    for (const shown of results.querySelectorAll(".text")) {
      const walk = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
      while (walk.nextNode() && ranges.length < MOST_PAINTED) {
        const here = walk.currentNode.data.toLowerCase();
        if (here.length !== walk.currentNode.data.length) continue;
        for (let at = here.indexOf(words); at >= 0; at = here.indexOf(words, at + words.length)) {
          const range = new Range();
          range.setStart(walk.currentNode, at);
          range.setEnd(walk.currentNode, at + words.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };

  const showAll = () => { form.reset(); filter(); };
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  field("clear").addEventListener("click", () => { showAll(); text.focus(); });
  field("more").addEventListener("click", showMore);
  author.addEventListener("focus", listAuthors);
  // all is read while nothing else is to be done, so that the first filter is as quick as the next
  (globalThis.requestIdleCallback ?? setTimeout)(() => { for (const post of posts()) void post.words; });

  // a link to a post that is folded or filtered away still leads to it
  // posts out of sight have a guessed height until they are near: go there until it stays
  const settle = (target, left = 6) => {
    target.scrollIntoView();
    if (left) requestAnimationFrame(() => settle(target, left - 1));
  };
  const reveal = () => {
    let target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    if (!target) return;
    const hidden = filtered && tree.contains(target);
    if (hidden) showAll();
    for (let at = target.parentElement; at; at = at.parentElement) if (at.matches("details")) at.open = true;
    if (target.matches("details")) target.open = true;
    settle(target);
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => { // the place where one is already changes no hash
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) reveal();
  });
  reveal();

  // why a mark is there, at the mark itself: the same entries as in the list below the post
  const box = document.createElement("div");
  box.id = "why";
  box.popover = "auto";
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", "Why this is marked");
  box.tabIndex = -1;
  if (box.showPopover) thread.append(box);
  const explain = (mark) => {
    if (!box.showPopover) return;
    const item = mark.closest("li.post");
    const reasons = item?.querySelectorAll(":scope > details > ol > li");
    if (!reasons?.length) return;
    const list = document.createElement("ol");
    for (const number of mark.dataset.m.split(" ")) {
      const reason = reasons[number - 1];
      if (!reason) continue;
      const entry = reason.cloneNode(true);
      entry.value = number;
      const meaning = meaningOf(entry.querySelector("a"));
      if (meaning) entry.append(meaning);
      list.append(entry);
    }
    box.replaceChildren(list);
    box.showPopover();
    const at = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8));
    const below = at.bottom + 6 + box.offsetHeight < innerHeight;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${scrollY + (below ? at.bottom + 6 : Math.max(8, at.top - box.offsetHeight - 6))}px`;
  };
  const meaningOf = (link) => {
    const href = link?.getAttribute("href") ?? "";
    const meaning = href.startsWith("#m-") && document.getElementById(href.slice(1))?.querySelector("summary .basis");
    if (!meaning) return null;
    const words = document.createElement("p");
    words.textContent = meaning.textContent;
    return words;
  };
  thread.addEventListener("click", (event) => {
    const mark = event.target.closest("li.post [data-m]");
    if (!getSelection().isCollapsed) return;
    if (mark) explain(mark);
    // keys work on from the post that was clicked
    const item = event.target.closest("li.post");
    if (item && !mark && !event.target.closest("a, summary, input, button")) {
      current = item;
      item.tabIndex = -1;
      item.focus({ preventScroll: true });
    }
  });

  // keys work within the list of posts alone
  const isShown = (item) => item.offsetParent !== null;
  const go = (item) => {
    if (!item) return;
    current = item;
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
    const box = item.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight) item.scrollIntoView({ block: box.height > innerHeight ? "start" : "center" });
  };
  const step = (from, way) => {
    const items = filtered ? [...results.children] : posts().map((post) => post.item);
    let at = from ? items.indexOf(from) + way : way > 0 ? 0 : items.length - 1;
    while (items[at] && !isShown(items[at])) at += way;
    go(items[at]);
  };
  const nextMark = (item) => {
    const marks = [...item.querySelectorAll("[data-m]")].filter(isShown);
    if (!marks.length) return;
    const place = marks.findIndex((mark) => mark.matches(".at")) + 1;
    thread.querySelectorAll(".at").forEach((mark) => mark.classList.remove("at"));
    const mark = marks[place % marks.length];
    mark.classList.add("at");
    mark.scrollIntoView({ block: "nearest" });
    current = item;
    explain(mark);
    box.focus({ preventScroll: true }); // what it says and leads to is next; Escape leads back
  };
  thread.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && form.contains(event.target)) { showAll(); return; }
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    const here = event.target.closest("li.post") ?? current;
    const does = {
      j: () => step(here, 1),
      k: () => step(here, -1),
      m: () => here && nextMark(here),
      o: () => { const why = here?.querySelector(":scope > details"); if (why) why.open = !why.open; },
      "/": () => text.focus(),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
})();
