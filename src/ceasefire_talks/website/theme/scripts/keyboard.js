/* What the theme leaves to the pointer alone: tables in boxes that scroll, and, where the page is narrow, the labels
   that open the menu, its parts and the search. */
addEventListener("load", function () {
  "use strict";
  document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (box) { box.tabIndex = 0; });
  /* A button to copy an example is no part of the site to navigate to. */
  document.querySelectorAll(".md-code__nav").forEach(function (box) { box.setAttribute("role", "none"); });

  var narrow = matchMedia("(max-width: 76.234375em)");
  var labels = Array.from(document.querySelectorAll(".md-sidebar--primary label[for^='__']"));
  var drawer = document.getElementById("__drawer");
  var behind = document.querySelectorAll(".md-header, .md-content, .md-footer");
  var before = labels.map(function (label) { return label.getAttribute("tabindex"); });

  function reach() {
    labels.forEach(function (label, n) {
      if (narrow.matches) label.tabIndex = 0;
      else if (before[n]) label.tabIndex = before[n];
      else label.removeAttribute("tabindex");
    });
  }
  /* What lies behind the open menu cannot be seen, so the keyboard has no business there. */
  function cover() {
    var open = narrow.matches && drawer.checked;
    behind.forEach(function (element) { element.inert = open; });
    var first = Array.from(document.querySelectorAll(".md-sidebar--primary :is(a, label)")).find(function (element) {
      return element.checkVisibility({ visibilityProperty: true });
    });
    if (open && first) first.focus();
  }
  function set(id, checked) {
    var toggle = document.getElementById(id);
    if (!toggle || toggle.checked === checked) return false;
    toggle.checked = checked;
    toggle.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  /* A label has no place in the order of the keys: a button in it has. */
  function button(id, name) {
    var label = document.querySelector(".md-header__button[for='" + id + "']");
    var made = document.createElement("button");
    made.type = "button";
    made.className = "ct-bare";
    made.setAttribute("aria-label", name);
    made.append.apply(made, label.childNodes);
    label.append(made);
    made.addEventListener("click", function () { set(id, true); });
    return made;
  }
  var menu = button("__drawer", "Menu");
  button("__search", "Search");

  labels.forEach(function (label) {
    /* The theme itself answers to Enter. */
    label.addEventListener("keydown", function (event) {
      if (event.key !== " ") return;
      event.preventDefault();
      label.click();
    });
  });
  addEventListener("keydown", function (event) {
    if (event.key === "Escape" && set("__drawer", false)) menu.focus();
  });
  /* The theme's keys for the search, which is not there to be focused before it is open. */
  addEventListener("keydown", function (event) {
    var typing = event.target.closest("input, select, textarea");
    var held = event.ctrlKey || event.metaKey || event.altKey;
    if ("/sf".includes(event.key) && !typing && !held && set("__search", true)) event.preventDefault();
  }, true);
  narrow.addEventListener("change", function () { reach(); cover(); });
  drawer.addEventListener("change", cover);
  reach();
});
