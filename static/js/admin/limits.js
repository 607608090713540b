// Says beside a field with a limit how many letters are left, while somebody types in it.
const NEAR = 0.9;

function limitOf(field) {
  const most = field.maxLength;
  return field.matches("input:not([type=hidden]), textarea") && most > 0 && most < 100000 ? most : 0;
}

function say(field) {
  const most = limitOf(field);
  if (!most || field.closest("[hidden], .login")) return;
  let note = field.parentElement.querySelector(":scope > .limit");
  if (!note) {
    note = document.createElement("p");
    note.className = "limit";
    note.setAttribute("role", "status");
    field.after(note);
  }
  note.classList.remove("limit--quiet");
  const used = field.value.length;
  const near = used >= most * NEAR;
  note.classList.toggle("limit--near", near);
  // Somebody who listens hears only when room runs short.
  note.setAttribute("aria-live", near ? "polite" : "off");
  note.textContent = used >= most
    ? `No room left: ${most} letters fit. Shorten it to add more.`
    : `${most - used} of ${most} letters left`;
}

document.addEventListener("focusin", (event) => say(event.target));
document.addEventListener("input", (event) => say(event.target));
// It keeps its place: what moves between the press and the release of a button takes the click away.
document.addEventListener("focusout", (event) => {
  const note = limitOf(event.target) && event.target.parentElement.querySelector(":scope > .limit:not(.limit--near)");
  if (note) note.classList.add("limit--quiet");
});
