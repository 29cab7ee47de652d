// A place: a page, and its address without what belongs to each viewer alone. It is opened like a link.

export const OWN = ["class", "present", "embed", "embed_options"]; // these belong to each viewer alone
const EXPERIMENT = ["example", "inputs"]; // without these an address means the tutorial, but does not open it in place of another
const PAGE = /^[a-z_]*$/;

const entries = (address) => [...new URLSearchParams(address)].filter(([key]) => !OWN.includes(key));
const written = (pairs) => new URLSearchParams(pairs).toString();

export const pageOf = (pathname) => pathname.slice(pathname.lastIndexOf("/") + 1);

// `plays`: the page has a player, which knows its position better than any address.
export function placeAt({ pathname, search }, plays) {
  const pairs = entries(search).filter(([key]) => key !== "position");
  const position = new URLSearchParams(search).get("position") ?? "0";
  if (!pairs.some(([key]) => EXPERIMENT.includes(key))) pairs.unshift(["example", "tutorial"]);
  return { page: pageOf(pathname), address: written(plays ? pairs : [...pairs, ["position", position]]) };
}

// The place of the page that Python has drawn.
export const drawnAt = ({ page, address, plays }) => placeAt({ pathname: page, search: `?${address}` }, plays);

export const viewsOf = (address) => new URLSearchParams(address).getAll("view");

// Equal for the same page and experiment, in whatever order their parameters stand. Views of charts do not count.
function identity({ page, address }) {
  const pairs = entries(address).filter(([key, value]) => key !== "view" && !(key === "example" && value === "tutorial"));
  return JSON.stringify([page, ...pairs.map(([key, value]) => `${key}=${value}`).sort()]);
}

export const isSame = (one, other) => identity(one) === identity(other);

// The address to open, relative to the app's folder; null for a page name that could lead out of it.
export function linkTo({ page, address }, position, own) {
  if (!PAGE.test(page)) return null;
  const pairs = entries(address);
  if (position > 0 && !pairs.some(([key]) => key === "position")) pairs.push(["position", String(Math.floor(position))]);
  const query = written([...pairs, ...Object.entries(own).filter(([, value]) => value)]);
  return `./${page}${query ? `?${query}` : ""}`;
}
