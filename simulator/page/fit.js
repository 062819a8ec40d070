/**
 * How many whole phones fit side by side. Where there are more, tabs above bring the others into
 * view and show what waits there; no phone is ever cut off in the middle.
 */

const LEAST_PX = 318; // narrower, a button would have less room than on a small phone
const GAP_PX = 16; // as in layout.css
const TILE_PX = 56;

/** Keeps `row`, whose phones are counted by `count()`, laid out; returns what does so once more. */
export function keepFitting(frame, row, count) {
  const fit = () => {
    const { paddingLeft, paddingRight } = getComputedStyle(row);
    const room = row.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    const most = Math.max(1, Math.floor((room + GAP_PX) / (LEAST_PX + GAP_PX)));
    row.style.setProperty("--abreast", most);
    frame.classList.toggle("crowded", count() > most);
    frame.classList.toggle("full", count() * (LEAST_PX + GAP_PX) + TILE_PX > room);
  };
  new ResizeObserver(fit).observe(row);
  return fit;
}
