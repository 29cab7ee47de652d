// Links as QR codes, drawn here: one of them holds the secret of a class, for its own server alone. The program comes with the first one.

let drawing = null;
const wanted = new WeakMap(); // the link that each canvas was asked for last

// Draw a link dark on light with the margin that readers need, whatever the theme is. The canvas is hidden until it shows
// the link. `source` stands in for the address where a proxy does not pass it. An empty link wipes the canvas.
export async function drawLink(canvas, link, { address, source }) {
  if (wanted.get(canvas) === link) return;
  wanted.set(canvas, link);
  canvas.hidden = true;
  canvas.width = 0;
  if (!link) return;
  try {
    drawing ??= import(source ? URL.createObjectURL(new Blob([source], { type: "text/javascript" })) : new URL(address, document.baseURI).href);
    const { correction, generate } = await drawing;
    if (wanted.get(canvas) !== link) return;
    // The least correction gives the largest dots, which is what counts at the far end of a room.
    generate(link, { maxCorrectionLevel: correction.L }).toCanvas(canvas, { off: [255, 255, 255] });
    canvas.hidden = false;
  } catch {
    drawing = null;
    wanted.delete(canvas);
  }
}
