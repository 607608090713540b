// A press on play puts YouTube's player in the place of the poster. Before that, nothing is asked of YouTube; without
// this script the same press leads there.
addEventListener("click", (event) => {
  const link = event.target.closest?.(".video__play");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = link.closest("[data-video]");
  const player = document.createElement("iframe");
  player.src = frame.dataset.video;
  player.title = frame.dataset.title;
  player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  player.referrerPolicy = "strict-origin-when-cross-origin";
  frame.replaceChildren(player);
  player.focus();
});
