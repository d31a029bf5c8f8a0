//! Dragging with mouse, pen or finger: a picture follows the pointer, what is under it is told. A finger rests first, so
//! that it can still scroll. What is dropped where is the caller's; so is the way without dragging.

import { type PointerEvent as ReactPointerEvent, useEffect, useRef } from "react";

export interface Point {
  x: number;
  y: number;
}

interface Acts<T> {
  onLift: (item: T) => void;
  onOver: (item: T, under: Element | null, point: Point) => void;
  /** No element: it was let go of outside, or Escape was pressed. */
  onDrop: (item: T, under: Element | null, point: Point) => void;
}

/** Pixels a mouse moves before it drags, and a finger may tremble while it rests. */
const slackPx = 6;
/** Milliseconds a finger rests before it drags. */
const restMs = 260;
/** Pixels from an edge at which what lies under scrolls, and how far at each frame. */
const edgePx = 48;
const scrollPx = 12;

class Drag<T> {
  readonly #item: T;
  readonly #node: HTMLElement;
  readonly #acts: () => Acts<T>;
  readonly #start: Point;
  readonly #touch: boolean;
  #ghost: HTMLElement | undefined;
  #point: Point;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  constructor(event: ReactPointerEvent<HTMLElement>, item: T, acts: () => Acts<T>) {
    this.#item = item;
    this.#node = event.currentTarget;
    this.#acts = acts;
    this.#start = { x: event.clientX, y: event.clientY };
    this.#point = this.#start;
    this.#touch = event.pointerType === "touch";
    if (this.#touch) this.#rest = setTimeout(() => this.#lift(), restMs);
    window.addEventListener("pointermove", this.#move);
    window.addEventListener("pointerup", this.#up);
    window.addEventListener("pointercancel", this.#cancel);
    window.addEventListener("keydown", this.#key, true);
    this.#node.addEventListener("touchmove", this.#hold, { passive: false });
  }

  #under(): Element | null {
    return document.elementFromPoint(this.#point.x, this.#point.y);
  }

  #lift(): void {
    const box = this.#node.getBoundingClientRect();
    const ghost = this.#node.cloneNode(true) as HTMLElement;
    ghost.removeAttribute("id");
    ghost.setAttribute("aria-hidden", "true");
    Object.assign(ghost.style, {
      position: "fixed",
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
      margin: "0",
      zIndex: "400",
      pointerEvents: "none",
      boxShadow: "0 10px 28px rgb(0 0 0 / 22%)",
    });
    document.body.append(ghost);
    this.#ghost = ghost;
    this.#acts().onLift(this.#item);
    this.#frame = requestAnimationFrame(this.#scroll);
  }

  #move = (event: PointerEvent): void => {
    this.#point = { x: event.clientX, y: event.clientY };
    const far = Math.hypot(this.#point.x - this.#start.x, this.#point.y - this.#start.y) > slackPx;
    if (!this.#ghost) {
      if (!far) return;
      // A finger that moves before it has rested scrolls.
      if (this.#touch) {
        this.#end();
        return;
      }
      this.#lift();
    }
    if (!this.#ghost) return;
    this.#ghost.style.transform = `translate(${this.#point.x - this.#start.x}px, ${this.#point.y - this.#start.y}px) rotate(1.2deg)`;
    this.#acts().onOver(this.#item, this.#under(), this.#point);
  };

  #up = (): void => {
    const lifted = !!this.#ghost;
    const under = this.#under();
    this.#end();
    if (!lifted) return;
    // The press that ends a drag is not also a click on what was dragged.
    const swallow = (event: MouseEvent) => {
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, true));
    this.#acts().onDrop(this.#item, under, this.#point);
  };

  #cancel = (): void => {
    const lifted = !!this.#ghost;
    this.#end();
    if (lifted) this.#acts().onDrop(this.#item, null, this.#point);
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.#ghost) return;
    event.preventDefault();
    event.stopPropagation();
    this.#cancel();
  };

  #hold = (event: TouchEvent): void => {
    if (this.#ghost) event.preventDefault();
  };

  #scroll = (): void => {
    let node: Element | null = this.#under();
    for (; node; node = node.parentElement) {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const x = this.#point.x < left + edgePx ? -scrollPx : this.#point.x > right - edgePx ? scrollPx : 0;
      const y = this.#point.y < top + edgePx ? -scrollPx : this.#point.y > bottom - edgePx ? scrollPx : 0;
      if (node instanceof HTMLElement && node.dataset.dragscroll !== undefined && (x || y))
        node.scrollBy(x, y);
    }
    this.#frame = requestAnimationFrame(this.#scroll);
  };

  #end(): void {
    clearTimeout(this.#rest);
    cancelAnimationFrame(this.#frame);
    window.removeEventListener("pointermove", this.#move);
    window.removeEventListener("pointerup", this.#up);
    window.removeEventListener("pointercancel", this.#cancel);
    window.removeEventListener("keydown", this.#key, true);
    this.#node.removeEventListener("touchmove", this.#hold);
    this.#ghost?.remove();
    this.#ghost = undefined;
  }

  /** Ends without telling: what was dragged is no longer on the page. */
  stop(): void {
    this.#end();
  }
}

/** Gives what a draggable node needs: `<article {...drag(record)}>`. */
export function useDrag<T>(acts: Acts<T>) {
  const latest = useRef(acts);
  latest.current = acts;
  const drag = useRef<Drag<T>>(undefined);
  useEffect(() => () => drag.current?.stop(), []);
  return (item: T) => ({
    onDragStart: (event: { preventDefault: () => void }) => event.preventDefault(),
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      const control = (event.target as Element).closest("button, input, select, textarea");
      if (event.button !== 0 || (control && control !== event.currentTarget)) return;
      drag.current?.stop();
      drag.current = new Drag(event, item, () => latest.current);
    },
  });
}
