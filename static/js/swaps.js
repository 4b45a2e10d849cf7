// What stands around a swap, and who is choosing, are as much a part of it as what is swapped.
for (const changed of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(changed, carry);
}
document.addEventListener("htmx:afterSwap", carryPlan);

// Addresses of the links to pages, and what to do with each.
function eachLink(change) {
  for (const link of document.querySelectorAll("a[href^='/']:not([data-exact])")) {
    const address = new URL(link.href);
    if (!address.pathname.endsWith("/") || address.pathname.startsWith("/admin/")) continue;
    change(address.searchParams);
    link.setAttribute("href", address.pathname + address.search + address.hash);
  }
}

// Links around what was swapped say of a visitor what the address now says, as in a whole page.
function carry() {
  const said = new URLSearchParams(location.search);
  eachLink((query) => {
    for (const name of ["from", "pace"]) {
      if (said.get(name)) query.set(name, said.get(name));
      else query.delete(name);
    }
  });
}

// So do links and forms with the plan of who is asked whether the browser is to keep it.
function carryPlan() {
  const plan = document.querySelector("#place [action$='/keep/'] [name=plan]")?.value;
  if (!plan) return;
  eachLink((query) => query.set("plan", plan));
  for (const form of document.forms) {
    if (form.elements.plan) continue;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "plan", value: plan }));
  }
}

// Arrows go through a list one by one: its field stays in sight.
let keyed = false;
addEventListener("keydown", () => (keyed = true), true);
addEventListener("pointerdown", () => (keyed = false), true);
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (keyed && detail.requestConfig.triggeringEvent?.type === "change") {
    detail.swapOverride = "innerHTML show:none";
  }
});
