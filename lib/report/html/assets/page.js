(function () {
  "use strict";
  var panel = document.getElementById("selection");
  var status = document.getElementById("selection-status");
  var ends = document.getElementById("selection-ends");
  var arrows = Array.prototype.slice.call(document.querySelectorAll("a.arrow"));
  if (!panel || !status || !ends) return;

  function flowsOf(arrow) {
    return arrow.getAttribute("data-flows").split(" ");
  }

  function clear() {
    arrows.forEach(function (arrow) {
      arrow.removeAttribute("aria-current");
    });
    document.querySelectorAll(".chosen").forEach(function (one) {
      one.classList.remove("chosen");
    });
    panel.hidden = true;
    ends.textContent = "";
    status.textContent = "";
  }

  // One list a side, each rule once, whichever of the flows it belongs to.
  function gather(ids, side, title) {
    var end = document.createElement("div");
    var heading = document.createElement("h3");
    heading.textContent = title;
    var list = document.createElement("ul");
    list.className = "rules";
    var seen = {};
    var count = 0;
    ids.forEach(function (id) {
      var flow = document.getElementById(id);
      if (!flow) return;
      flow
        .getAttribute("data-" + side)
        .split(" ")
        .forEach(function (card) {
          var one = document.getElementById(card);
          if (!one || seen[card]) return;
          seen[card] = true;
          if (one.className === "rule") count++;
          var copy = one.cloneNode(true);
          copy.removeAttribute("id");
          list.appendChild(copy);
        });
    });
    end.appendChild(heading);
    end.appendChild(list);
    return { end: end, count: count };
  }

  function select(arrow, ids) {
    clear();
    arrow.setAttribute("aria-current", "true");
    ids.forEach(function (id) {
      var flow = document.getElementById(id);
      if (!flow) return;
      flow.classList.add("chosen");
      flow.closest("details").classList.add("chosen");
    });
    var leaving = gather(ids, "leaving", "Outbound rule at the source");
    var arriving = gather(ids, "arriving", "Inbound rule at the destination");
    ends.appendChild(leaving.end);
    ends.appendChild(arriving.end);
    panel.hidden = false;
    var total = flowsOf(arrow).length;
    var part =
      ids.length === total ? (total === 1 ? "" : ", " + total + " flows") : ", one of " + total + " flows";
    status.textContent =
      arrow.getAttribute("data-title") +
      ": " +
      arrow.getAttribute("data-service") +
      part +
      ". " +
      rules(leaving.count) +
      " where it leaves, " +
      rules(arriving.count) +
      " where it arrives.";
  }

  function rules(count) {
    return count + (count === 1 ? " rule" : " rules");
  }

  function arrowOf(id) {
    return arrows.filter(function (arrow) {
      return flowsOf(arrow).indexOf(id) >= 0;
    })[0];
  }

  arrows.forEach(function (arrow) {
    arrow.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
      event.preventDefault();
      select(arrow, flowsOf(arrow));
      panel.scrollIntoView({ block: "nearest" });
    });
  });

  // A link to a flow, here or from elsewhere, opens the flow and shows it in the picture.
  function follow() {
    var id = decodeURIComponent(location.hash.slice(1));
    var arrow = arrowOf(id);
    var flow = document.getElementById(id);
    if (!arrow || !flow) return;
    flow.closest("details").open = true;
    select(arrow, [id]);
    flow.scrollIntoView({ block: "start" });
  }
  window.addEventListener("hashchange", follow);
  follow();

  document.getElementById("selection-close").addEventListener("click", function () {
    var current = arrows.filter(function (arrow) {
      return arrow.hasAttribute("aria-current");
    })[0];
    clear();
    if (current) current.focus();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !panel.hidden) clear();
  });

  // Where the browser prints no closed details, they are opened for it.
  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    closed.forEach(function (one) {
      one.open = true;
    });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (one) {
      one.open = false;
    });
  });
})();
