// After a swap, update what is outside of it: links, and forms that carry a plan.
for (const changed of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(changed, carry);
}
document.addEventListener("htmx:afterSwap", carryPlan);

// Change the query of every link to a page, but not the admin's. `data-own`: the link's own parameter.
function eachLink(change) {
  for (const link of document.querySelectorAll("a[href^='/']:not([data-exact])")) {
    const address = new URL(link.href);
    if (!address.pathname.endsWith("/") || address.pathname.startsWith("/admin/")) continue;
    change(address.searchParams, link.dataset.own);
    link.setAttribute("href", address.pathname + address.search + address.hash);
  }
}

// Let links carry the same `from` and `pace` as the address now has, as on a freshly loaded page.
function carry() {
  const said = new URLSearchParams(location.search);
  eachLink((query, own) => {
    for (const name of ["from", "pace"]) {
      if (name === own) continue;
      if (said.get(name)) query.set(name, said.get(name));
      else query.delete(name);
    }
  });
}

// Let links and forms carry the plan, too, while its owner is asked whether the browser should keep it.
function carryPlan() {
  const plan = document.querySelector("#place [action$='/keep/'] [name=plan]")?.value;
  if (!plan) return;
  eachLink((query) => query.set("plan", plan));
  for (const form of document.forms) {
    if (form.elements.plan) continue;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "plan", value: plan }));
  }
}

// Arrow keys change a list's value step by step: don't scroll to the result, away from the field.
let keyed = false;
addEventListener("keydown", () => (keyed = true), true);
addEventListener("pointerdown", () => (keyed = false), true);
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (keyed && detail.requestConfig.triggeringEvent?.type === "change") {
    detail.swapOverride = "innerHTML show:none";
  }
});
