"""The class: where the teacher is reaches the students while a run plays.

The server's half is Python, with starlette and without Streamlit, so nothing here is a rerun: `route` has the sockets,
`rooms` does what is said, `members` and `question` know who is there and what is asked, `others` are more processes.
The browser's half is the JavaScript: classroom.js is the class without any element of a page, page.js connects it with
the page and with what Python knows of it (pages/frame/in_class.py), view.js draws it. Both halves read the messages
from messages.json. In a conversation:

- A browser says `join` or `teach` first. It hears `welcome`, then what the others know by then: `state`, `asked`,
  `revealed`; a teacher hears `counted` and `present` as well. Or it is sent away, for a reason in "closed".
- A teacher sends the whole `state` whenever it changes, and at intervals while a run plays. All other sockets of the
  room hear it, with its age in milliseconds when it was sent on.
- A state that is `over` says that the class has ended. The teacher can take that back for a minute; only then follows
  `end`, which closes the room.
- `ask` opens a question. Said once more under the same number, as after a reload, it changes nothing; for the next
  round, everybody answers again. `reveal` tells everybody the answers of all rounds, `conceal` takes that back;
  `withdraw` takes the question back, or puts it away once it was revealed.
- An answer is a number, if the kind is "number", or one of the question's choices. One counts for each browser, the
  last that came before `reveal`; `noted` confirms it. `began` of the `welcome` is another number once the server has
  lost the answers.
- A message that is too late, or about another question, is ignored. Anything that is no message is refused.
"""
