// A copy button on each block of code, but not on blocks of output.
const said = document.createElement("p");
said.className = "hidden";
said.setAttribute("role", "status");
document.getElementById("main").append(said);

async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  } catch {
    // No clipboard over plain HTTP, or the visitor denied access: select the code instead.
    getSelection().selectAllChildren(code);
    return document.execCommand("copy");
  }
}

document.querySelectorAll(".prose pre:not(.output)").forEach((pre, place) => {
  const block = document.createElement("div");
  block.className = "block";
  const button = document.createElement("button");
  button.type = "button";
  const which = document.createElement("span");
  which.className = "hidden";
  which.textContent = ` block ${place + 1} of code`;
  pre.replaceWith(block);
  block.append(button, pre);

  function rest() {
    button.replaceChildren("Copy", which);
    said.textContent = "";
  }

  let resting;
  button.addEventListener("click", async () => {
    const copied = await copy(pre.firstElementChild);
    button.replaceChildren(copied ? "Copied" : "Selected", which);
    said.textContent = copied ? "Copied" : "Selected: press Ctrl and C to copy it";
    clearTimeout(resting);
    resting = setTimeout(rest, 3000);
  });
  rest();
});
