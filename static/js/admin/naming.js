// The editor of formatted text has no name for those who do not see it: it gets that of the label that belongs to it.
const EDITOR = ".public-DraftEditor-content";

function name(editor) {
  const kept = editor.closest(".Draftail-Editor__wrapper")?.parentElement.querySelector("[data-draftail-input]");
  const label = kept && document.querySelector(`label[for="${CSS.escape(kept.id)}"]`);
  if (label && !editor.hasAttribute("aria-label")) {
    editor.setAttribute("aria-label", label.textContent.replace("*", "").trim());
  }
}

addEventListener("load", () => document.querySelectorAll(EDITOR).forEach(name));
// Those that were added since.
document.addEventListener("focusin", (event) => {
  if (event.target.matches(EDITOR)) name(event.target);
});
