// The sentences that a class shows and announces: by the reason, and by the role of the reader.

const COMMON = {
  "refused": "The server did not understand this page. Reload it.",
  "no way": "This network lets no live connection through, so the class cannot be followed here. Links still work.",
  "away": "The connection is lost. It is being made again.",
};

const TO = {
  teacher: {
    "class full": "The class is led from other windows now.",
    "too many classes": "This server holds as many classes as it can. Try again later.",
    "no such class": "The server did not accept this class. End it and start another.",
  },
  student: {
    "ended": "The class has ended. What you see stays.",
    "class full": "This class is full. The page works without it.",
    "class locked": "This class takes nobody in any more. If your teacher lets others in again, reload the page; it works without the class, too.",
    "removed": "You are no longer in this class. The page works without it.",
    "too many classes": "This server holds as many visitors of classes as it can. The page works without it.",
    "no such class": "There is no class with this code, or it has ended. The page works without it.",
  },
};

export const SAID = {
  joined: "You follow the class.",
  alone: "You look around on your own.",
  freed: "The class lets you go on alone.",
  back: "You follow the class again.",
  own: "Everybody has a run of their own.",
  paused: "Eyes on the teacher",
  unpaused: "The class goes on.",
  apart: "The server’s processes do not hear each other. Students on another one stay where they were until they do.",
  tooLarge: "This table is too large to be taught: its address has more than 60 000 characters. The students stay where they were.",
};

export const reasonFor = (reason, role) => TO[role]?.[reason] ?? COMMON[reason] ?? "";
