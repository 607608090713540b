// Asks whether anything changed and, if so, puts the new content in place. Without it the page works; it stands still.
const address = document.body.dataset.live;
let known = null;

async function look() {
  try {
    const { version } = await (await fetch(address)).json();
    const typing = document.activeElement && document.activeElement.matches("input, select, textarea");
    if (known !== null && version !== known && !typing && !document.hidden) {
      const page = await (await fetch(location.href)).text();
      const fresh = new DOMParser().parseFromString(page, "text/html");
      for (const old of document.querySelectorAll("details[id]")) {
        const now = fresh.getElementById(old.id);
        if (now) now.open = old.open;
      }
      document.querySelector("main").replaceChildren(...fresh.querySelector("main").childNodes);
    }
    if (!typing && !document.hidden) known = version;
  } catch {
    // The sandbox is being restarted: the next look will tell.
  }
  setTimeout(look, 1500);
}

if (address) look();
