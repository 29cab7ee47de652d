// Where somebody is: a page, and its address without what is each viewer's own. It is opened as a link is.

export const OWN = ["class", "present", "embed", "embed_options"]; // nobody's business but the viewer's
const EXPERIMENT = ["example", "inputs"]; // an address without them means the tutorial, but opens nothing where something is open
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

// Where a page stands that Python has drawn, as it says itself.
export const drawnAt = ({ page, address, plays }) => placeAt({ pathname: page, search: `?${address}` }, plays);

export const viewsOf = (address) => new URLSearchParams(address).getAll("view");

// The same for the same experiment and page, in whatever order; how charts are looked at is not part of it.
function identity({ page, address }) {
  const pairs = entries(address).filter(([key, value]) => key !== "view" && !(key === "example" && value === "tutorial"));
  return JSON.stringify([page, ...pairs.map(([key, value]) => `${key}=${value}`).sort()]);
}

export const isSame = (one, other) => identity(one) === identity(other);

// The address to open, relative to the app's own folder: there a page's name is no way out of it.
export function linkTo({ page, address }, position, own) {
  if (!PAGE.test(page)) return null;
  const pairs = entries(address);
  if (position > 0 && !pairs.some(([key]) => key === "position")) pairs.push(["position", String(Math.floor(position))]);
  const query = written([...pairs, ...Object.entries(own).filter(([, value]) => value)]);
  return `./${page}${query ? `?${query}` : ""}`;
}
