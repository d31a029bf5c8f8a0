//! One letter for each object, by which "go" and "create" name it: the first of its name that is still free.

import type { ObjectSchema } from "../api/types";

/** Letters that mean something else after "go". */
const taken = ["h", "b"];

export function lettersOf(objects: readonly ObjectSchema[]): Map<string, ObjectSchema> {
  const letters = new Map<string, ObjectSchema>();
  const free = (letter: string) => /[a-z]/.test(letter) && !taken.includes(letter) && !letters.has(letter);
  for (const object of objects) {
    const letter = [...object.label.en.toLowerCase(), ..."abcdefghijklmnopqrstuvwxyz"].find(free);
    if (letter) letters.set(letter, object);
  }
  return letters;
}
