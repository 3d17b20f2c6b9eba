/* The page of an article: marks and rows that show each other, and the reader's own copy against the ledger.
   Foreign text only ever becomes text nodes. */
(function () {
  "use strict";

  const { normalise, sha256OfBrowser, fold } = globalThis.ceasefireTalksText;
  const { match } = globalThis.ceasefireTalksMatching;
  const { textOfFile } = globalThis.ceasefireTalksReading;
  const byId = (id) => document.getElementById(id);
  const ledger = JSON.parse(byId("ledger").textContent);
  const PROVEN = ["exact", "reformatted", "moved"];
  const panel = byId("panel");
  document.documentElement.classList.replace("no-js", "js");

  /* Marks and rows. */

  const rowsOf = (element) => element.dataset.rows.split(" ");

  const light = (ids) => {
    for (const lit of document.querySelectorAll(".ct-on")) lit.classList.remove("ct-on");
    const chosen = new Set(ids);
    for (const id of ids) byId(id)?.classList.add("ct-on");
    for (const mark of document.querySelectorAll("[data-rows]")) {
      mark.classList.toggle("ct-on", rowsOf(mark).some((id) => chosen.has(id)));
    }
  };

  const showPanel = (ids) => {
    const list = document.createElement("ul");
    for (const id of ids) {
      const item = document.createElement("li");
      const row = byId(id);
      if (!row) continue;
      item.append(...[...row.childNodes].map((node) => node.cloneNode(true)));
      list.append(item);
    }
    panel.replaceChildren(list);
    panel.hidden = ids.length === 0;
  };

  /* All evidence of the record that a row of evidence supports, wherever in the article it lies. */
  const sameSubject = (row) =>
    [...document.querySelectorAll("li[data-subject]")]
      .filter((other) => other.dataset.subject === row.dataset.subject)
      .map((other) => other.id);

  const point = (event) => {
    const mark = event.target.closest?.("[data-rows]");
    const row = event.target.closest?.("li[data-subject]");
    if (mark) {
      light(rowsOf(mark));
      showPanel(rowsOf(mark));
    } else if (row) {
      light(sameSubject(row));
      showPanel([]);
    } else if (!panel.contains(event.target)) {
      light([]);
      showPanel([]);
    }
  };
  document.addEventListener("mouseover", point);
  document.addEventListener("focusin", point);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") showPanel([]);
  });

  const openAround = () => {
    const row = byId(decodeURIComponent(location.hash.slice(1)));
    const details = row?.closest("details");
    if (details) {
      details.open = true;
      row.scrollIntoView({ block: "nearest" });
    }
  };
  addEventListener("hashchange", openAround);
  openAround();

  /* The copy. */

  const cut = (characters, start, end) => document.createTextNode(characters.slice(start, end).join(""));

  /* The sentence in the reader's words, with a link around every stretch that lies in a span. */
  const fillWords = (place, sentence, found) => {
    const characters = [...found.text];
    const spans = found.offsets
      ? sentence.spans.map(([start, end, rows]) => [found.offsets[start] - found.start, found.offsets[end] - found.start, rows])
      : [];
    const edges = [...new Set([0, characters.length, ...spans.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
    place.replaceChildren(
      ...edges.slice(1).map((end, i) => {
        const rows = spans.filter(([from, to]) => from <= edges[i] && end <= to).flatMap(([, , ids]) => ids);
        const text = cut(characters, edges[i], end);
        if (!rows.length) return text;
        const link = document.createElement("a");
        link.className = "ct-word";
        link.href = `#${rows[0]}`;
        link.dataset.rows = rows.join(" ");
        link.append(text);
        return link;
      }),
    );
  };

  const remarkOn = (sentence, found) => {
    if (found.status === "lost") return "Nothing like it stands in your copy.";
    if (found.status === "altered") {
      const folded = fold(found.text);
      const missing = sentence.figures.filter(([, stated]) => !folded.includes(fold(stated)));
      return [
        `Something like it stands in your copy (its simhash differs in ${found.distance} of 64 bits). That proves nothing: compare it.`,
        ...missing.map(([id, stated]) => `${id} says “${stated}”, which does not stand in it.`),
      ].join(" ");
    }
    return found.offsets ? "" : "Its typography leaves open where the spans lie, so none is marked.";
  };

  const fill = (sentence, found) => {
    const article = byId(sentence.id);
    const status = article.querySelector(".ct-status");
    const words = article.querySelector(".ct-words");
    const remark = article.querySelector(".ct-remark");
    article.dataset.status = found.status;
    status.textContent = found.status;
    words.hidden = found.text === undefined;
    words.replaceChildren();
    if (found.text !== undefined) fillWords(words, sentence, found);
    remark.textContent = remarkOn(sentence, found);
    remark.hidden = remark.textContent === "";
  };

  /* The search used our own SHA-256; the browser's must agree before a sentence counts as proven. */
  const confirmed = async (sentence, found) => {
    if (!PROVEN.includes(found.status)) return found;
    const agrees = found.exact
      ? (await sha256OfBrowser(found.text)) === sentence.sha256
      : (await sha256OfBrowser(found.reading)) === sentence.folded_sha256;
    return agrees ? found : { status: "lost" };
  };

  const summary = (found) => {
    const count = (status) => found.filter((one) => one.status === status).length;
    const proven = PROVEN.reduce((sum, status) => sum + count(status), 0);
    const kinds = [...PROVEN, "altered", "lost"].filter(count).map((status) => `${count(status)} ${status}`);
    return `${proven} of ${found.length} sentences proven: ${kinds.join(", ")}.`;
  };

  const verify = async (foreign) => {
    const text = normalise(foreign);
    if (text === "") {
      say("There is no text to verify.", "");
      return;
    }
    const found = await Promise.all(match(ledger.sentences, text).map((one, i) => confirmed(ledger.sentences[i], one)));
    ledger.sentences.forEach((sentence, i) => fill(sentence, found[i]));
    const whole = (await sha256OfBrowser(text)) === ledger.text_sha256;
    say(summary(found), whole ? "Your copy as a whole has the published hash: it is the same text, character by character." : "");
  };

  const say = (line, more) => {
    byId("summary").hidden = false;
    byId("summary").textContent = line;
    byId("whole").hidden = more === "";
    byId("whole").textContent = more;
  };

  let turn = Promise.resolve();
  /* One copy after another, so that a slow one cannot overwrite a later one. */
  const attempt = (reading) => {
    turn = turn.then(async () => {
      try {
        await verify(await reading());
      } catch (error) {
        say(error.message, "");
      }
    });
  };

  const drop = byId("drop");
  drop.hidden = false;
  byId("check").addEventListener("click", () => attempt(() => byId("paste").value));
  byId("file").addEventListener("change", ({ target }) => {
    const [file] = target.files;
    if (file) attempt(() => textOfFile(file));
    target.value = "";
  });
  /* The whole window takes what is dropped: beside its mark, the browser would leave the page for the file. */
  addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("ct-over");
  });
  addEventListener("dragleave", () => drop.classList.remove("ct-over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("ct-over");
    const [file] = event.dataTransfer.files;
    const text = event.dataTransfer.getData("text/plain");
    attempt(() => (file ? textOfFile(file) : text));
  });
})();
