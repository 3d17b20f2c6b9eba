/* The theme puts wide tables into boxes that scroll; the keyboard has to reach these too. */
addEventListener("load", function () {
  "use strict";
  document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (box) { box.tabIndex = 0; });
});
