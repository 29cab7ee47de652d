// Marks a field as wrong for screen readers, and ties it to the message about it, which has an id.
export function tie(field, words, wrong) {
  field.ariaInvalid = String(wrong);
  if (wrong) field.setAttribute("aria-describedby", words.id); else field.removeAttribute("aria-describedby");
}
