//! All inputs in one chunk, loaded when the first form or filter is opened; lists and records do without.

import "../../theme/forms.css";

export { AnyLinkInput } from "./any_link";
export { ChoiceInput, ChoiceList, YesNoInput, YesNoOperand } from "./choice";
export { DecimalInput } from "./decimal";
export { DurationInput, MoneyInput, MoneyOperand, PercentInput, WholeInput } from "./number";
export { PeopleOperand, PersonOperand, RecordSelect, RecordsSelect } from "./records";
export { LongText, TextLine, TextList } from "./text";
