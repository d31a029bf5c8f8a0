//! E-mail address; a link that writes a mail.

import type { CellProps, FieldKind, InputProps } from "./kind";
import { TextLine, TextList } from "./text";

const Input = (props: InputProps) => <TextLine {...props} type="email" inputMode="email" />;

function Cell({ value }: CellProps) {
  return (
    <a className="gx-link" href={`mailto:${encodeURIComponent(value)}`}>
      {value}
    </a>
  );
}

export const email: FieldKind = {
  text: String,
  Input,
  Operand: (props) => <TextLine {...props} />,
  OperandList: TextList,
  Cell,
  width: 200,
};
