/* What a reader brings, as text. Foreign HTML is parsed apart from the page: nothing in it runs, nothing is loaded. */
(function () {
  "use strict";

  const MOST_BYTES = 30000000;
  const UNSEEN = "script, style, noscript, template, head, svg, math, iframe, object, select, textarea, [hidden]";
  const BLOCKS = new Set(
    ("address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 " +
      "h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
    ).split(" "),
  );

  /* The visible text of a web page, a line for each block. */
  const textOfHtml = (html) => {
    const root = new DOMParser().parseFromString(html, "text/html").body;
    for (const unseen of root.querySelectorAll(UNSEEN)) unseen.remove();
    const parts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    /* Where a block ends there is no node to meet: a mark of it is kept until something outside it comes. */
    const open = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      while (open.length && !open.at(-1).contains(node)) {
        open.pop();
        parts.push("\n");
      }
      if (node.nodeType === Node.TEXT_NODE) parts.push(node.data.replace(/[ \t\r\n\f]+/g, " "));
      else if (node.localName === "br") parts.push("\n");
      else if (BLOCKS.has(node.localName)) {
        open.push(node);
        parts.push("\n");
      }
    }
    return parts.join("");
  };

  const looksLikeHtml = (name, text) => /\.x?html?$/i.test(name) || /^\s*(<!doctype html|<html)/i.test(text);

  /* The text of a file, strictly decoded; throws an Error that tells the reader what is wrong. */
  const textOfFile = async (file) => {
    if (file.size > MOST_BYTES) throw new Error("The file is larger than 30 MB. Save the page without its pictures.");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = globalThis.ceasefireTalksText.decode(bytes);
    if (text === null) throw new Error("The file is not UTF-8 text. Save it as UTF-8, or paste its text.");
    if (text.includes("\0")) throw new Error("The file is no text. Save it as plain text or as HTML.");
    return looksLikeHtml(file.name, text) ? textOfHtml(text) : text;
  };

  globalThis.ceasefireTalksReading = Object.freeze({ textOfFile, textOfHtml });
})();
