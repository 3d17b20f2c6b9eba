/* Gives a page without the theme's own script the colour scheme that the reader chose, else the system's. */
(function () {
  "use strict";
  var scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default";
  try {
    var root = new URL("..", document.currentScript.src).pathname;
    var chosen = JSON.parse(localStorage.getItem(root + ".__palette"));
    if (chosen && chosen.color && /^(default|slate)$/.test(chosen.color.scheme)) scheme = chosen.color.scheme;
  } catch (error) {
    /* No storage, or nothing of use in it: the system's scheme stands. */
  }
  document.body.setAttribute("data-md-color-scheme", scheme);
})();
