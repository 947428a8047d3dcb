// Tells Streamlit's page where its server is. Without this, a page below "/" first asks at addresses that do not exist.
window.__streamlit = { BACKEND_BASE_URL: `${location.origin}/` };

// A text somebody is writing reaches the server whenever they pause, as by Ctrl+Enter: a session that ends then loses nothing.
{
  const FORM = document.currentScript.dataset.form;
  const PAUSE_MS = 2000;
  let waiting = null;
  let isComposing = false;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || field.closest(FORM)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const isWriting = document.activeElement === field;
      if (isWriting && !isComposing) {
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true }));
      }
    }, PAUSE_MS);
  });
  document.addEventListener("compositionstart", () => { isComposing = true; });  // kana on their way to kanji are not a text yet
  document.addEventListener("compositionend", () => { isComposing = false; });
}
