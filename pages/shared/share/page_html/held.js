// A run that a file holds: what Python would send of it, by the parts that are chosen.

// What the player gets of the parts that are chosen.
export function message({ player, parts, order }, chosen, position, answer, pressed) {
  const own = Object.entries(chosen).map(([place, name]) => parts[place][name]);
  const figures = Object.assign({}, ...own.map((part) => part.figures));
  return {
    ...player,
    // Other charts have other arrays, so they are played as another run: the position stays.
    run: [player.run, ...Object.values(chosen)].join(" "),
    figures: Object.fromEntries(order.filter((name) => name in figures).map((name) => [name, figures[name]])),
    bindings: own.flatMap((part) => part.bindings),
    frames: Object.assign({}, ...own.map((part) => part.frames)),
    position,
    answer,
    pressed,
  };
}
