// Google Docs wraps whatever is copied in <b style="font-weight:normal">, which editors of text take for bold.
const WRAPPER = /<b\b[^>]*id="?docs-internal-guid[^>]*>/i;

document.addEventListener("paste", (event) => {
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!WRAPPER.test(html) || !event.target.closest?.(".Draftail-Editor")) return;
  const carried = new DataTransfer();
  carried.setData("text/plain", event.clipboardData.getData("text/plain"));
  carried.setData("text/html", html.replace(WRAPPER, "<div>").replace(/<\/b>(?![\s\S]*<\/b>)/i, "</div>"));
  const again = new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true });
  if (!again.clipboardData?.getData("text/html")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  event.target.dispatchEvent(again);
}, true);
