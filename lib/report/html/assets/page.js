(() => {
  "use strict";
  const panel = document.getElementById("selection");
  const status = document.getElementById("selection-status");
  const ends = document.getElementById("selection-ends");
  const arrows = [...document.querySelectorAll("a.arrow")];
  const flowsOf = (arrow) => arrow.dataset.flows.split(" ");

  function clear() {
    for (const arrow of arrows) arrow.removeAttribute("aria-current");
    for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen");
    panel.hidden = true;
    ends.replaceChildren();
    status.textContent = "";
  }

  // One list a side, each rule once, whichever of the flows it belongs to.
  function listRules(flows, side, title) {
    const ids = new Set(flows.flatMap((flow) => flow.dataset[side].split(" ")));
    const cards = [...ids].flatMap((id) => document.getElementById(id) ?? []);
    const list = document.createElement("ul");
    list.className = "rules";
    list.append(...cards.map((card) => card.cloneNode(true)));
    for (const copy of list.children) copy.removeAttribute("id");
    const heading = document.createElement("h3");
    heading.textContent = title;
    const end = document.createElement("div");
    end.append(heading, list);
    ends.append(end);
    const count = cards.filter((card) => card.className === "rule").length;
    return `${count} rule${count === 1 ? "" : "s"}`;
  }

  function select(arrow, ids) {
    clear();
    arrow.setAttribute("aria-current", "true");
    const flows = ids.map((id) => document.getElementById(id));
    for (const flow of flows) {
      flow.classList.add("chosen");
      flow.closest("details").classList.add("chosen");
    }
    const leaving = listRules(flows, "leaving", "Outbound rule at the source");
    const arriving = listRules(flows, "arriving", "Inbound rule at the destination");
    panel.hidden = false;
    const { title, service } = arrow.dataset;
    const total = flowsOf(arrow).length;
    const part = ids.length < total ? `, one of ${total} flows` : total > 1 ? `, ${total} flows` : "";
    status.textContent = `${title}: ${service}${part}. ${leaving} where it leaves, ${arriving} where it arrives.`;
  }

  for (const arrow of arrows) {
    arrow.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
      event.preventDefault();
      select(arrow, flowsOf(arrow));
      panel.scrollIntoView({ block: "nearest" });
    });
  }

  // A link to a flow, here or from elsewhere, opens the flow and shows it in the picture.
  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    const arrow = arrows.find((one) => flowsOf(one).includes(id));
    if (!arrow) return;
    const flow = document.getElementById(id);
    flow.closest("details").open = true;
    select(arrow, [id]);
    flow.scrollIntoView({ block: "start" });
  }
  window.addEventListener("hashchange", follow);
  follow();

  document.getElementById("selection-close").addEventListener("click", () => {
    const current = arrows.find((arrow) => arrow.hasAttribute("aria-current"));
    clear();
    current?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) clear();
  });

  // Where the browser prints no closed details, they are opened for it.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const one of closed) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
  });
})();
