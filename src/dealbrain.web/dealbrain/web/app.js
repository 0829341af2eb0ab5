// Rows of a collection that are in its order can be dragged: a row takes the place of the row on which it is dropped.
// Sends the form of the buttons that move a row. Without this script, the buttons and the page of the deal move it.
const rows = document.querySelector("tbody[data-first]");
let dragged = null;
let target = null;

function mark(row) {
  target?.classList.remove("target");
  target = row === dragged ? null : row;
  target?.classList.add("target");
}

function start(event) {
  if (event.target.localName === "tr") { // not a selected text
    dragged = event.target;
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
  }
}

function over(event) {
  if (dragged !== null) {
    event.preventDefault(); // a drop is allowed
    mark(event.target.closest("tr"));
  }
}

function leave(event) {
  if (!rows.contains(event.relatedTarget)) {
    mark(null);
  }
}

function drop(event) {
  event.preventDefault();
  if (dragged === null || target === null) {
    return;
  }
  const form = document.getElementById("act");
  const change = document.createElement("input");
  const place = Number(rows.dataset.first) + Array.from(rows.children).indexOf(target);
  change.type = "hidden";
  change.name = "do";
  change.value = "position:" + dragged.cells[0].id.slice(1) + ":" + place;
  form.append(change);
  form.submit();
}

function end() {
  mark(null);
  dragged?.classList.remove("dragged");
  dragged = null;
}

if (rows !== null) {
  for (const row of rows.children) {
    row.draggable = true;
    row.querySelectorAll("a").forEach(link => { link.draggable = false; });
  }
  rows.addEventListener("dragstart", start);
  rows.addEventListener("dragover", over);
  rows.addEventListener("dragleave", leave);
  rows.addEventListener("drop", drop);
  rows.addEventListener("dragend", end);
}

// A form that imports a file gets a field to choose one, which fills the text area. Without this script, people paste
// the content of the file.
function addFileField(form) {
  const area = form.elements[form.dataset.file];
  const input = document.createElement("input");
  const label = document.createElement("label");
  input.type = "file";
  input.accept = ".csv,.json";
  input.addEventListener("change", async () => {
    if (input.files.length > 0) {
      area.value = await input.files[0].text();
    }
  });
  label.append("Choose a file, or paste its content", input);
  area.closest(".field").before(label);
}

document.querySelectorAll("form[data-file]").forEach(addFileField);
