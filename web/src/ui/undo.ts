//! What Ctrl/⌘ Z takes back: the last changes made on this page, newest first. Not a history (the server has that).

import i18next from "i18next";

export interface Undo {
  run: () => Promise<unknown>;
}

/** Changes that can be taken back. */
const undosMax = 50;

let undos: Undo[] = [];

/** Remembers how the change just made is taken back; the answer forgets it again. */
export function rememberUndo(run: Undo["run"]): Undo {
  const undo = { run };
  undos = [...undos, undo].slice(-undosMax);
  return undo;
}

/** Runs it once, whether from its message or by key. */
export async function takeBack(undo: Undo): Promise<void> {
  if (!undos.includes(undo)) return;
  undos = undos.filter((one) => one !== undo);
  const { say, sayProblem } = await import("./toast");
  await undo.run().then(() => say(i18next.t("toast.undone")), sayProblem);
}

export function lastUndo(): Undo | undefined {
  return undos.at(-1);
}
