/* Filters the items of a list by the selects of a form; the choice stands in the address, so that it can be linked. */
(function () {
  "use strict";
  document.querySelectorAll("form[data-ct-filter]").forEach(function (form) {
    var items = Array.from(document.getElementById(form.dataset.ctFilter).children);
    var selects = Array.from(form.querySelectorAll("select"));
    var asked = new URLSearchParams(location.search);

    function matches(item) {
      return selects.every(function (select) {
        return !select.value || (item.dataset[select.name] || "").split(" ").includes(select.value);
      });
    }
    function show() {
      items.forEach(function (item) { item.hidden = !matches(item); });
      var shown = items.filter(function (item) { return !item.hidden; }).length;
      form.querySelector("output").textContent = shown + " of " + items.length;
    }
    function remember() {
      var chosen = new URLSearchParams();
      selects.forEach(function (select) { if (select.value) chosen.set(select.name, select.value); });
      var query = chosen.toString();
      history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
    }
    selects.forEach(function (select) {
      if (Array.from(select.options).some(function (o) { return o.value === asked.get(select.name); })) {
        select.value = asked.get(select.name);
      }
      select.addEventListener("change", function () { show(); remember(); });
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.hidden = false;
    show();
  });
})();
