// Tells whoever does not see it that a field is wrong, and by which words: those have an id.
export function tie(field, words, wrong) {
  field.ariaInvalid = String(wrong);
  if (wrong) field.setAttribute("aria-describedby", words.id); else field.removeAttribute("aria-describedby");
}
