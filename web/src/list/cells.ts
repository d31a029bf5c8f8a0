//! The cell one is at in a list, and the block chosen from there; like in a spreadsheet. Knows no records.

export interface Cell {
  row: number;
  col: number;
}

export interface Block {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Where one is, and where the chosen block began. */
export interface Place {
  at: Cell;
  from: Cell;
}

export function blockOf({ at, from }: Place): Block {
  return {
    top: Math.min(at.row, from.row),
    bottom: Math.max(at.row, from.row),
    left: Math.min(at.col, from.col),
    right: Math.max(at.col, from.col),
  };
}

export function isBlock(place: Place): boolean {
  return place.at.row !== place.from.row || place.at.col !== place.from.col;
}

export function within(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

/** Rows a Page key goes. */
const pageStep = 15;

interface Key {
  key: string;
  ctrlKey?: boolean;
  metaKey?: boolean;
}

/** The cell a key leads to; undefined where the key leads nowhere. */
export function stepOf(event: Key, at: Cell, rows: number, cols: number): Cell | undefined {
  const far = !!event.ctrlKey || !!event.metaKey;
  const to = (row: number, col: number): Cell => ({ row: within(row, rows), col: within(col, cols) });
  switch (event.key) {
    case "ArrowDown":
      return far ? to(rows - 1, at.col) : to(at.row + 1, at.col);
    case "ArrowUp":
      return far ? to(0, at.col) : to(at.row - 1, at.col);
    case "ArrowRight":
      return far ? to(at.row, cols - 1) : to(at.row, at.col + 1);
    case "ArrowLeft":
      return far ? to(at.row, 0) : to(at.row, at.col - 1);
    case "PageDown":
      return to(at.row + pageStep, at.col);
    case "PageUp":
      return to(at.row - pageStep, at.col);
    case "Home":
      return far ? to(0, 0) : to(at.row, 0);
    case "End":
      return far ? to(rows - 1, cols - 1) : to(at.row, cols - 1);
    default:
      return undefined;
  }
}

/** The next cell that may be written, in reading order; itself where there is none. */
export function nextWritable(at: Cell, back: boolean, rows: number, writable: readonly boolean[]): Cell {
  const cols = writable.length;
  const step = back ? -1 : 1;
  for (let place = at.row * cols + at.col + step; place >= 0 && place < rows * cols; place += step) {
    const cell = { row: Math.floor(place / cols), col: place % cols };
    if (writable[cell.col]) return cell;
  }
  return at;
}
