// The wall follows the meeting: it asks once a second what is on, and sends the arrow keys pressed here.
(() => {
  const stage = document.getElementById("stage");
  const page = document.getElementById("page");
  let item = null, since = 0, seconds = null, stepping = false;

  const say = (words) => {
    const heading = document.createElement("h1");
    heading.className = "alone";
    heading.textContent = words;
    stage.replaceChildren(heading);
  };

  const drawn = (state) => {
    stage.innerHTML = state.markup;
    if (state.has_picture) {
      const holder = stage.querySelector(".picture");
      const look = document.documentElement.classList.contains("light") ? "light" : "dark";
      const image = document.createElement("img");
      image.alt = stage.querySelector("h1")?.textContent ?? "";
      image.src = `/projector/picture/${state.item}/${look}.svg`;
      holder?.replaceChildren(image);
    }
    page.textContent = `${state.place} / ${state.items}`;
  };

  const ask = async () => {
    try {
      const answer = await fetch("/projector/now", { cache: "no-store" });
      if (answer.status === 410) {
        say(stage.dataset.over);
        page.textContent = "";
        return;  // nothing is asked again: the meeting is over
      }
      const state = await answer.json();
      if (state.item !== item) {
        item = state.item;
        since = Date.now();
        drawn(state);
      }
      seconds = state.seconds;
      if (seconds && state.place < state.items && Date.now() - since > seconds * 1000) step(1);
    } catch {
      if (item === null) say(stage.dataset.lost);
    }
    setTimeout(ask, 1000);
  };

  const step = async (by) => {
    if (stepping) return;
    stepping = true;
    try {
      await fetch("/projector/step", { method: "POST", body: new URLSearchParams({ by }) });
      const answer = await fetch("/projector/now", { cache: "no-store" });
      if (answer.ok) {
        const state = await answer.json();
        if (state.item !== item) {
          item = state.item;
          since = Date.now();
          drawn(state);
        }
      }
    } finally {
      stepping = false;
    }
  };

  document.addEventListener("keydown", (event) => {
    document.getElementById("keys").hidden = true;  // whoever has pressed one knows them
    if (["ArrowRight", "PageDown", " "].includes(event.key)) step(1);
    else if (["ArrowLeft", "PageUp"].includes(event.key)) step(-1);
    else if (event.key.toLowerCase() === "l") {
      document.documentElement.classList.toggle("light");
      const image = stage.querySelector("img");
      if (image) image.src = image.src.replace(/(dark|light)\.svg$/, (_all, look) => (look === "dark" ? "light.svg" : "dark.svg"));
    } else return;
    event.preventDefault();
  });
  ask();
})();
