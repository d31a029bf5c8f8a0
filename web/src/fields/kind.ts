//! What a field kind is to the UI: how its value reads, how it is typed. One file per kind mirrors the server's.

import type { ComponentType } from "react";
import type { Field, Value } from "../api/types";
import type { Format } from "../text/format";

export interface InputProps {
  field: Field;
  value: Value;
  onChange: (value: Value) => void;
  error?: string;
  autoFocus?: boolean;
  /** In filters and cells the label is for screen readers only. */
  bare?: boolean;
  disabled?: boolean;
}

export interface CellProps {
  field: Field;
  value: Value;
  /** On a record page there is room: links may be opened, text may wrap. */
  roomy?: boolean;
}

export interface FieldKind {
  /** The value as plain text: titles, history, tooltips. Never called with null. */
  text: (value: Value, field: Field, format: Format) => string;
  /** How it looks in a table or on a record; its text where none is given. */
  Cell?: ComponentType<CellProps>;
  Input: ComponentType<InputProps>;
  /** Value editor of a filter where it differs from the form's. */
  Operand?: ComponentType<InputProps>;
  /** Value editor of operators that take a list. */
  OperandList?: ComponentType<InputProps>;
  /** Column width in pixels. */
  width: number;
  align?: "end";
  /** What is sent for the value, where it differs from what is shown (a link sends its id). */
  send?: (value: Value) => Value;
  /** Two values that mean the same; JSON equality where none is given. */
}

export const blank = (value: Value): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
