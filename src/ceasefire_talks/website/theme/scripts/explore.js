/* Search, filter, sort and choose columns of a table; the view stands in the address, so that it can be linked.
   Without this script the page is a plain table. The search is not called q: by that name the theme opens its own.
   All text goes in as text, never as markup. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-ct-explore]");
  if (!form) return;
  /* Rows are drawn as they are needed: a browser lays out a hundred at once in no time, ten thousand in many seconds. */
  var STEP = 100;
  var table = document.querySelector("table[data-ct-rows]");
  var body = table.tBodies[0];
  var heads = Array.from(table.tHead.rows[0].cells);
  var columns = heads.map(function (head) { return head.dataset.column; });
  var numeric = heads.map(function (head) { return head.dataset.kind === "number"; });
  var selects = Array.from(form.querySelectorAll("select"));
  var boxes = Array.from(form.querySelectorAll("input[type=checkbox]"));
  var output = form.querySelector("output");
  var more = document.getElementById("more-rows");
  var pager = document.getElementById("pages-of-rows");
  var rows = Array.from(body.rows).map(fromPage);
  var whole = rows.length === Number(form.dataset.total);
  var key = (form.dataset.key || "").split(" ");
  var labels = {};
  var sorted = "";
  var found = rows;
  var loading = null;

  function fromPage(tr) {
    var cells = Array.from(tr.cells).map(function (cell) {
      var link = cell.querySelector("a:not(.ct-permalink)");
      return ((link || cell.firstChild || cell).textContent || "").trim();
    });
    return { cells: cells, text: tr.textContent.toLowerCase(), tr: tr };
  }

  /* The rows of a CSV file without its header; an error where it is none. */
  function parse(text) {
    var cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
    var found = [], row = [], match;
    while (cell.lastIndex < text.length || row.length) {
      match = cell.exec(text);
      if (!match) throw new Error("not CSV");
      row.push(match[1] === undefined ? match[2] : match[1].replace(/""/g, '"'));
      if (match[3] !== ",") { found.push(row); row = []; }
    }
    return found.slice(1);
  }

  /* What a value stands for and where it leads, from the site's root: as the rows of the page have it. */
  function known(n, text) {
    var of = labels[heads[n].dataset.labels];
    return of && Object.hasOwn(of, text) ? of[text] : ["", ""];
  }

  function fileName(text) {
    var escaped = Array.from(text, function (c) {
      return /[A-Za-z0-9.-]/.test(c) ? c : Array.from(new TextEncoder().encode(c), function (byte) {
        return "_" + byte.toString(16).padStart(2, "0");
      }).join("");
    }).join("");
    return escaped.replace(/^\./, "_2e");
  }

  function recordPage(cells) {
    if (!form.dataset.records) return "";
    var parts = key.map(function (column) { return fileName(cells[columns.indexOf(column)]); });
    return form.dataset.records + parts.join("~") + ".html";
  }

  function address(n, cells) {
    var head = heads[n].dataset, text = cells[n], found = known(n, text)[1];
    if (!text) return "";
    if (found) return /^https?:/.test(found) ? found : "../" + found;
    if (key.length === 1 && columns[n] === key[0]) return recordPage(cells);
    if (head.link === "{}") return /^https?:/i.test(text) ? text : "";
    return head.link ? head.link.replace("{}", encodeURIComponent(text)) : "";
  }

  function link(parent, href, text) {
    var made = parent.appendChild(document.createElement("a"));
    made.href = href;
    made.textContent = text;
    return made;
  }

  function element(row) {
    if (row.tr) return row.tr;
    row.tr = document.createElement("tr");
    row.tr.id = key.map(function (column) { return row.cells[columns.indexOf(column)]; }).join("/");
    row.cells.forEach(function (text, n) {
      var cell = row.tr.appendChild(document.createElement(n ? "td" : "th"));
      var href = address(n, row.cells), label = known(n, text)[0];
      if (!n) cell.scope = "row";
      if (heads[n].dataset.kind) cell.className = "ct-" + heads[n].dataset.kind;
      if (href) link(cell, href, text);
      else cell.textContent = text;
      if (label) {
        cell.append(" ");
        cell.appendChild(document.createElement("span")).className = "ct-label";
        cell.lastChild.textContent = label;
      }
      if (!n && key.length > 1 && form.dataset.records) {
        cell.append(" ");
        var permalink = link(cell, recordPage(row.cells), "¶");
        permalink.className = "ct-permalink";
        permalink.setAttribute("aria-label", "Page of " + row.tr.id);
      }
    });
    return row.tr;
  }

  /* Made at the first search: of ten thousand rows most are never asked for. */
  function textOf(row) {
    if (row.text === null) {
      row.text = row.cells.map(function (text, n) { return text + " " + known(n, text)[0]; }).join(" ").toLowerCase();
    }
    return row.text;
  }

  function chosen() {
    var words = form.elements.find.value.toLowerCase().split(/\s+/).filter(Boolean);
    var wanted = selects.filter(function (s) { return s.value; }).map(function (s) {
      return [columns.indexOf(s.dataset.column), s.value];
    });
    var kept = rows.filter(function (row) {
      return wanted.every(function (w) { return row.cells[w[0]] === w[1]; }) &&
        words.every(function (word) { return textOf(row).includes(word); });
    });
    var at = columns.indexOf(sorted.replace(/^-/, ""));
    if (at < 0) return kept;
    var sign = sorted[0] === "-" ? -1 : 1;
    return kept.sort(function (a, b) {
      var x = a.cells[at], y = b.cells[at];
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
      if (numeric[at]) return sign * (Number(x) - Number(y));
      return x === y ? 0 : sign * (x < y ? -1 : 1);
    });
  }

  function draw(from, to) {
    var made = found.slice(from, to).map(element);
    var hidden = boxes.map(function (box) { return !box.checked; });
    [table.tHead.rows[0]].concat(made).forEach(function (tr) {
      Array.from(tr.cells).forEach(function (cell, n) { cell.hidden = hidden[n]; });
    });
    if (from) body.append.apply(body, made);
    else body.replaceChildren.apply(body, made);
    more.hidden = found.length <= to;
  }

  function drawMore() { draw(body.rows.length, body.rows.length + STEP); }

  function show() {
    found = chosen();
    draw(0, STEP);
    heads.forEach(function (head, n) {
      var by = sorted.replace(/^-/, "") === columns[n];
      if (by) head.setAttribute("aria-sort", sorted[0] === "-" ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    output.textContent = found.length + " of " + rows.length + " rows" +
      (whole ? "" : " (those of this page: the whole table could not be read)");
    if (pager) pager.hidden = true;
  }

  function remember() {
    var state = new URLSearchParams();
    if (form.elements.find.value) state.set("find", form.elements.find.value);
    selects.forEach(function (s) { if (s.value) state.set(s.name, s.value); });
    if (sorted) state.set("sort", sorted);
    var hidden = boxes.filter(function (b) { return !b.checked; }).map(function (b) { return b.value; });
    if (hidden.length) state.set("hide", hidden.join(","));
    var query = state.toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  }

  function restore() {
    var state = new URLSearchParams(location.search);
    form.elements.find.value = state.get("find") || "";
    selects.forEach(function (s) {
      var known = Array.from(s.options).some(function (o) { return o.value === state.get(s.name); });
      s.value = known ? state.get(s.name) : "";
    });
    sorted = columns.includes((state.get("sort") || "").replace(/^-/, "")) ? state.get("sort") : "";
    var hide = (state.get("hide") || "").split(",");
    boxes.forEach(function (b) { b.checked = !hide.includes(b.value); });
    return ["find", "sort", "hide"].concat(selects.map(function (s) { return s.name; })).some(function (n) { return state.has(n); });
  }

  function read(address) {
    return fetch(address).then(function (answer) {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.text();
    });
  }

  function load() {
    if (whole) return Promise.resolve();
    if (loading) return loading;
    var sources = new Set(heads.map(function (head) { return head.dataset.labels; }).filter(Boolean));
    loading = Promise.all([read(form.dataset.csv)].concat(Array.from(sources, function (source) {
      return read("labels/" + encodeURIComponent(source) + ".json").then(function (text) { labels[source] = JSON.parse(text); });
    }))).then(function (texts) {
      rows = parse(texts[0]).map(function (cells) { return { cells: cells, text: null, tr: null }; });
      whole = true;
    }).catch(function () { /* Opened from a folder: the rows of this page are what there is. */ });
    return loading;
  }

  function act() { load().then(function () { show(); remember(); }); }

  function download() {
    var kept = columns.map(function (_, n) { return n; }).filter(function (n) { return boxes[n].checked; });
    function line(cells) {
      return kept.map(function (n) {
        return /[",\r\n]/.test(cells[n]) ? '"' + cells[n].replace(/"/g, '""') + '"' : cells[n];
      }).join(",") + "\n";
    }
    load().then(function () {
      var text = [columns].concat(chosen().map(function (row) { return row.cells; })).map(line).join("");
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
      link.download = form.dataset.name + "-selection.csv";
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    });
  }

  heads.forEach(function (head, n) {
    var button = head.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "ct-sort";
    button.textContent = "↕";
    button.setAttribute("aria-label", "Sort by " + columns[n]);
    button.addEventListener("click", function () { sorted = sorted === columns[n] ? "-" + columns[n] : columns[n]; act(); });
  });
  form.addEventListener("input", act);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.querySelector("button[name=download]").addEventListener("click", download);
  form.querySelector("button[name=reset]").addEventListener("click", function () {
    history.replaceState(null, "", location.pathname);
    restore();
    act();
  });
  more.addEventListener("click", drawMore);
  table.parentElement.addEventListener("scroll", function (event) {
    var box = event.target;
    if (!more.hidden && box.scrollTop + 2 * box.clientHeight > box.scrollHeight) drawMore();
  });
  form.hidden = false;
  if (restore()) act();
  else output.textContent = form.dataset.total + " rows";
})();
