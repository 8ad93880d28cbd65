// Keys for what the page can do; everything is there without them.
"use strict";

const rubric = document.querySelector("form.rubric");
if (rubric) {
  const boxes = [...rubric.querySelectorAll("input[type=checkbox]")];
  const press = (id) => document.getElementById(id)?.click();
  addEventListener("keydown", (event) => {
    const writing = event.target.matches("textarea, input:not([type=checkbox])");
    if (event.key === "Enter" && (!writing || event.ctrlKey || event.target.matches("input"))) {
      event.preventDefault();
      press("save");
    } else if (writing) {
      if (event.key === "Escape") event.target.blur();
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (/^[1-9]$/.test(event.key)) {
      boxes[event.key - 1]?.click();
    } else if (event.key === "c") {
      event.preventDefault();
      rubric.elements.text.focus();
    } else {
      const id = { n: "names", ArrowLeft: "before", ArrowRight: "after" }[event.key];
      if (id) press(id);
    }
  });
}
