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

  const drawn = (told) => {
    stage.innerHTML = told.markup;
    if (told.has_picture) {
      const holder = stage.querySelector(".picture");
      const look = document.documentElement.classList.contains("light") ? "light" : "dark";
      const image = document.createElement("img");
      image.alt = stage.querySelector("h1")?.textContent ?? "";
      image.src = `/projector/picture/${told.item}/${look}.svg`;
      holder?.replaceChildren(image);
    }
    page.textContent = `${told.place} / ${told.items}`;
  };

  const ask = async () => {
    try {
      const answer = await fetch("/projector/now", { cache: "no-store" });
      if (answer.status === 410) {
        say(stage.dataset.over);
        page.textContent = "";
        return;  // nothing is asked again: the meeting is over
      }
      const told = await answer.json();
      if (told.item !== item) {
        item = told.item;
        since = Date.now();
        drawn(told);
      }
      seconds = told.seconds;
      if (seconds && told.place < told.items && Date.now() - since > seconds * 1000) step(1);
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
        const told = await answer.json();
        if (told.item !== item) {
          item = told.item;
          since = Date.now();
          drawn(told);
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
