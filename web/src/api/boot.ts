//! Answers that the server may have written into the page as a data block, so that the first view needs
//! one request. Not required: without the block the calls are simply made.

import { seeAsToken } from "./see_as";

type Boot = Record<string, unknown>;

function read(): Boot {
  const node = document.getElementById("boot");
  if (!node?.textContent) return {};
  try {
    return JSON.parse(node.textContent) as Boot;
  } catch {
    return {};
  }
}

const boot = read();

/** The answer of `GET {path}` given with the page, if any; once, for whoever signs in next has another. */
export function booted<T>(path: string): T | undefined {
  // The page was asked for as oneself; who sees as somebody else asks again.
  if (seeAsToken()) return undefined;
  const answer = boot[path] as T | undefined;
  delete boot[path];
  return answer;
}
