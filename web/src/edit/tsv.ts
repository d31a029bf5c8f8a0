//! Blocks of cells as spreadsheets put them on the clipboard: tabs between cells, lines between rows, quotes round odd ones.

/** Cells of a pasted block that are read at most. */
export const cellsMax = 20_000;

export function readBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  let cells = 0;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = "";
    cells += 1;
  };
  const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < clean.length && cells < cellsMax; at += 1) {
    const char = clean[at];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (clean[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell === "" && closes(clean, at)) quoted = true;
    else if (char === "\t") endCell();
    else if (char === "\n") {
      endCell();
      rows.push([]);
    } else cell += char;
  }
  if (cells < cellsMax) endCell();
  return rows;
}

/** A quote opens a quoted cell only if one closes it before a cell ends; `"` alone may stand for inches. */
function closes(text: string, from: number): boolean {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') at += 1;
    else return at + 1 === text.length || text[at + 1] === "\t" || text[at + 1] === "\n";
  }
  return false;
}

export function writeBlock(rows: string[][]): string {
  const cell = (text: string) => (/["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}

/** The block repeated over a larger one, if it fits a whole number of times; else itself. */
export function tiled(block: string[][], rows: number, cols: number): string[][] {
  const height = block.length;
  const width = block[0]?.length ?? 0;
  if (width === 0 || rows % height !== 0 || cols % width !== 0) return block;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: cols }, (_unused, col) => block[row % height]?.[col % width] ?? ""),
  );
}
