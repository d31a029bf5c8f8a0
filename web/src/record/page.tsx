//! One record of any object on a page of its own.

import { useParams } from "react-router";
import { objectOfPlural, useSchema } from "../api/schema";
import { NotFound } from "../shell/not_found";
import { OneRecord } from "./one";

export default function RecordPage() {
  const { plural, id } = useParams();
  const object = objectOfPlural(useSchema(), plural);
  if (!object || !id) return <NotFound />;
  return <OneRecord key={id} object={object} id={id} />;
}
