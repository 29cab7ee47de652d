"""The class: where the teacher is reaches the students while a run plays.

The server's half is `route`, `rooms` and `messages`: starlette and the standard library, no Streamlit, no rerun.
The browser's half is `component`, which hands over what a page knows, and the JavaScript: classroom.js is the class
without an element, page.js what surrounds it, view.js what is seen. What travels is in messages.json, for both. In a
conversation:

- A browser says `join` or `teach` first. It hears `welcome`, then what the others know by then: `state`, `asked`,
  `revealed`; a teacher hears `counted` and `present` as well. Or it is sent away, for a reason in "closed".
- A teacher sends his whole `state` whenever it changes, and as a beat while he plays. All other sockets of the room
  hear it, with its age in milliseconds when it was sent on.
- `ask` opens a question. Asked again under the same number, as after a reload, it changes nothing. `reveal` tells
  everybody the answers; `withdraw` takes the question back, or puts it away once it was revealed.
- An answer is a number, if the kind is "number", or one of the question's choices. One counts for each socket, the
  last that came before `reveal`. `began` of the `welcome` is another number once the server has lost the answers.
- A message for which it is too late, or for another question, is passed over. Whatever is no message is refused.
"""
