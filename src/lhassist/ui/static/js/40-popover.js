// The quote behind a mark, on hover and on focus. It can be hovered itself, and Esc sends it away.

const popover = find(".popover");
let leaving = 0;

function showQuote(mark) {
  const quoted = find(`.quoted[data-cite="${mark.dataset.cite}"]`, mark.closest(CITING));
  if (!quoted || quoted.contains(mark)) return;
  clearTimeout(leaving);
  const quote = find("blockquote", quoted).cloneNode(true);
  const work = quoted.closest("li");
  const origin = document.createElement("p");
  origin.append(find(".title", work).cloneNode(true), " ", find(".date", work).cloneNode(true));
  const heard = find(`.heard[data-cite="${mark.dataset.cite}"]`, work)?.cloneNode(true);
  popover.replaceChildren(quote, origin, ...(heard ? [heard] : []));
  popover.hidden = false;
  mark.setAttribute("aria-describedby", popover.id);
  place(mark.getBoundingClientRect());
}

function place(mark) {
  const gap = 8;
  const { width, height } = popover.getBoundingClientRect();
  const middle = mark.left + mark.width / 2 - width / 2;
  const left = Math.max(gap, Math.min(middle, document.documentElement.clientWidth - width - gap));
  // Below its mark, for what stands above is what is compared with it; never over the composer.
  const composed = composer.checkVisibility() ? composer.getBoundingClientRect().top : innerHeight;
  const isRoomBelow = mark.bottom + gap + height <= Math.min(composed, innerHeight - gap);
  const above = mark.top - height - gap;
  popover.style.left = `${left}px`;
  popover.style.top = `${isRoomBelow || above < gap ? mark.bottom + gap : above}px`;
}

function hideQuote() {
  clearTimeout(leaving);
  popover.hidden = true;
  findAll("[aria-describedby=lh-popover]").forEach((one) => one.removeAttribute("aria-describedby"));
}

function hideQuoteSoon() {
  clearTimeout(leaving);
  leaving = setTimeout(hideQuote, 160);
}

root.addEventListener("pointerover", (event) => {
  const mark = event.target.closest(".cite");
  if (mark && event.pointerType === "mouse") showQuote(mark);
  else if (event.target.closest(".popover")) clearTimeout(leaving);
});
root.addEventListener("pointerout", (event) => {
  if (event.target.closest(".cite, .popover")) hideQuoteSoon();
});
root.addEventListener("focusin", (event) => {
  if (event.target.matches(".cite:focus-visible")) showQuote(event.target);
});
root.addEventListener("focusout", (event) => {
  if (event.target.matches(".cite")) hideQuote();
});
// Moving the focus may scroll the page; the quote of what has the focus goes along.
addEventListener(
  "scroll",
  () => {
    const mark = document.activeElement;
    if (!popover.hidden && mark?.getAttribute("aria-describedby") === popover.id) {
      place(mark.getBoundingClientRect());
    } else {
      hideQuote();
    }
  },
  { passive: true },
);
