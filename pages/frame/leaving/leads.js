// What leads away from a page, and where to.

const NAVIGATION = '[data-testid="stTopNavLink"], [data-testid="stTopNavDropdownLink"], [data-testid="stSidebarNavLink"]';
const PAGE_LINK = '[data-testid="stPageLink-NavLink"]';
const WORDMARK = '[data-testid="stLogoLink"]';
// Buttons whose press makes Python switch the page. The pages mark them, Streamlit's buttons by a key with this start.
const SWITCHES = '[data-leads], [class*="st-key-leads_"] button';
const SELVES = '[data-testid="stage"], [data-testid="sheet"]'; // these look after presses in them by themselves
const PRESSES = ["Enter", " "];
const PASSIVE = ["Tab", "Shift", "Control", "Alt", "Meta", "Escape"];

export const opensTab = ({ button, ctrlKey, metaKey, shiftKey, altKey }) => Boolean(button || ctrlKey || metaKey || shiftKey || altKey);

// Whether a link shows another page of this app in the place of this one.
export function leadsAway(link, location) {
  const ours = link.origin === location.origin && !link.hash && !link.download && link.target !== "_blank";
  return ours && link.pathname !== location.pathname;
}

// Whether a key or a pointer presses, by the keyboard's rules for buttons.
export const isPress = ({ type, key }) => type !== "keydown" || PRESSES.includes(key);

// Whether something may have been typed, chosen or played by it.
export const isInput = ({ type, key }) => type !== "keydown" || !PASSIVE.includes(key);

// The element of an event, as far as it is seen from outside a component's shadow.
/** @returns {any} */
const targetOf = ({ target }) => (target instanceof Element ? target : null);

// What a click follows to another page: a link, or the wordmark.
export function wayOf(event, location) {
  const link = targetOf(event)?.closest(`a[href], ${WORDMARK}`);
  return link && (link.matches(WORDMARK) || leadsAway(link, location)) ? link : null;
}

// Streamlit writes a link to the first page without a path, which leads to this page wherever it is opened.
function anchor(link) {
  if (link?.getAttribute("href").startsWith("?")) link.href = `./${link.getAttribute("href")}`;
}

// That link of an event, and those of a page that was drawn.
export const anchorAt = (event) => anchor(targetOf(event)?.closest(PAGE_LINK));
export const anchorAll = (document) => document.querySelectorAll(PAGE_LINK).forEach(anchor);

export const switches = (event) => Boolean(targetOf(event)?.closest(SWITCHES));
export const navigates = (event) => targetOf(event)?.closest(NAVIGATION);
// The table is in a shadow, where what is outside sees no target.
export const isBeside = (event) => !event.composedPath().some((part) => part instanceof Element && part.matches(SELVES));

// The same way on a page that has been drawn anew meanwhile.
export function found(way, document) {
  if (way.isConnected) return way;
  if (!way.href) return document.querySelector(WORDMARK);
  const same = ({ pathname, textContent }) => pathname === way.pathname && textContent === way.textContent;
  return [...document.links].find(same); // its query may have changed
}

// The link that a press was meant for though it missed it: drawn anew between press and release, a link gets no click;
// what is around it does, or nothing. `down` is the link that was pressed.
export function missed({ target, clientX, clientY }, down, document) {
  const link = down && found(down, document);
  if (!link || !(target.contains(link) || link.contains(target))) return null;
  const { left, right, top, bottom } = link.getBoundingClientRect();
  return left <= clientX && clientX <= right && top <= clientY && clientY <= bottom ? link : null;
}

// A page's query, with the position that the browser knows better than Python.
export function queryFor(query, search) {
  const position = new URLSearchParams(search).get("position");
  const kept = query.split("&").filter((part) => part && (position === null || part.split("=")[0] !== "position"));
  if (position !== null && position !== "0") kept.push(`position=${encodeURIComponent(position)}`);
  return kept.length ? `?${kept.join("&")}` : "";
}
