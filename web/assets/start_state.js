// Moves the bar of the "getting ready" page, and asks for the page again once one can sign in.
const bar = document.querySelector("progress");
const step = document.querySelector("#step");
async function look() {
  try {
    const answer = await fetch("/preparing", { cache: "no-store" });
    if (!answer.ok) return location.reload(); // open now, and closed to strangers
    const progress = await answer.json();
    if (progress.state !== "preparing") return location.reload();
    bar.value = progress.percent;
    bar.textContent = `${progress.percent} %`;
    const words = step.dataset[progress.step];
    if (words && step.textContent !== words) step.textContent = words;
  } catch {
    // the server may be between two breaths; ask again
  }
  setTimeout(look, 800);
}
if (bar) setTimeout(look, 800);
