// What a page can do beyond being read. Everything is there without it.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Folds: buttons for all of them; what a link leads to, and what is printed, is open.
for (const tools of all("[data-folds]")) {
  tools.hidden = false;
  for (const button of all("button", tools)) {
    button.addEventListener("click", () => {
      for (const fold of all("details.question")) fold.open = button.dataset.fold === "open";
    });
  }
}
const reveal = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = target; at; at = at.parentElement) if (at.matches("details")) at.open = true;
  if (target) target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
addEventListener("beforeprint", () => all("details.failed, details.unjudged, td details").forEach((fold) => (fold.open = true)));

// Tables: a head that is clicked sorts by its column, and again the other way round.
const value = (row, column) => {
  const cell = row.cells[column];
  const number = parseFloat(cell.dataset.value ?? cell.textContent);
  return isNaN(number) ? cell.textContent.trim().toLowerCase() : number;
};
const order = (a, b) => (typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1);
for (const table of all("table[data-sorts]")) {
  all("thead th", table).forEach((head, column) => {
    if (head.dataset.sorts === "no") return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of all("th", table)) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows].map((row) => [value(row, column), row]);
      rows.sort(([a], [b]) => (up ? order(a, b) : order(b, a)));
      table.tBodies[0].append(...rows.map(([, row]) => row));
    });
  });
}

// Search: rows that hold all words, and those of a chosen kind.
for (const tools of all("[data-searches]")) {
  const table = document.getElementById(tools.dataset.searches);
  const [words, kind, said] = ["input", "select", "output"].map((name) => tools.querySelector(name));
  tools.hidden = false;
  const rows = [...table.tBodies[0].rows].map((row) => [row.textContent.toLowerCase(), row]);
  const search = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [text, row] of rows) {
      const fits = wanted.every((word) => text.includes(word));
      row.hidden = !(fits && (!kind || !kind.value || row.dataset.kinds.split(" ").includes(kind.value)));
      shown += !row.hidden;
    }
    said.textContent = shown === rows.length ? "" : `${shown} of ${rows.length}`;
  };
  tools.addEventListener("input", search);
}

// A request for another look: what is typed is saved as a file, which the student hands in.
for (const form of all("form[data-request]")) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = new FormData(form);
    const text = `${form.dataset.request}question: ${typed.get("question")}\n\n${typed.get("why").trim()}\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = form.dataset.file;
    link.click();
  });
}
